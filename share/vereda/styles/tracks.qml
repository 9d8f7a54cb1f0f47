<!DOCTYPE qgis PUBLIC 'http://mrcc.com/qgis.dtd' 'SYSTEM'>
<qgis version="3.22" styleCategories="Symbology|Labeling" labelsEnabled="0">
 <renderer-v2 type="categorizedSymbol" attr="event" symbollevels="0" enableorderby="0" forceraster="0">
  <categories>
   <category value="appeared" label="{code.event.appeared}" symbol="0" render="true"/>
   <category value="returned" label="{code.event.returned}" symbol="0" render="true"/>
   <category value="replanted" label="{code.event.replanted}" symbol="0" render="true"/>
   <category value="persisted" label="{code.event.persisted}" symbol="1" render="true"/>
   <category value="grew" label="{code.event.grew}" symbol="1" render="true"/>
   <category value="shrank" label="{code.event.shrank}" symbol="1" render="true"/>
   <category value="moved" label="{code.event.moved}" symbol="1" render="true"/>
   <category value="split" label="{code.event.split}" symbol="1" render="true"/>
   <category value="merged" label="{code.event.merged}" symbol="1" render="true"/>
   <category value="rotated" label="{code.event.rotated}" symbol="1" render="true"/>
   <category value="pruned_or_renewed" label="{code.event.pruned_or_renewed}" symbol="1" render="true"/>
   <category value="removed" label="{code.event.removed}" symbol="2" render="true"/>
   <category value="abandoned" label="{code.event.abandoned}" symbol="3" render="true"/>
   <category value="absent" label="{code.event.absent}" symbol="3" render="true"/>
   <category value="lost_to_view" label="{code.event.lost_to_view}" symbol="4" render="true"/>
   <category value="not_observed" label="{code.event.not_observed}" symbol="4" render="true"/>
   <category value="uncertain" label="{code.event.uncertain}" symbol="4" render="true"/>
  </categories>
  <symbols>
   <symbol name="0" type="fill" alpha="1" clip_to_extent="1" force_rhr="0">
    <layer class="SimpleFill" enabled="1" pass="0" locked="0">
     <prop k="color" v="213,94,0,220"/>
     <prop k="style" v="solid"/>
     <prop k="outline_color" v="150,60,0,255"/>
     <prop k="outline_style" v="solid"/>
     <prop k="outline_width" v="0.3"/>
     <prop k="outline_width_unit" v="MM"/>
    </layer>
   </symbol>
   <symbol name="1" type="fill" alpha="1" clip_to_extent="1" force_rhr="0">
    <layer class="SimpleFill" enabled="1" pass="0" locked="0">
     <prop k="color" v="20,70,58,200"/>
     <prop k="style" v="solid"/>
     <prop k="outline_color" v="20,70,58,255"/>
     <prop k="outline_style" v="solid"/>
     <prop k="outline_width" v="0.3"/>
     <prop k="outline_width_unit" v="MM"/>
    </layer>
   </symbol>
   <symbol name="2" type="fill" alpha="1" clip_to_extent="1" force_rhr="0">
    <layer class="SimpleFill" enabled="1" pass="0" locked="0">
     <prop k="color" v="255,255,255,120"/>
     <prop k="style" v="solid"/>
     <prop k="outline_color" v="0,0,0,255"/>
     <prop k="outline_style" v="dash"/>
     <prop k="outline_width" v="0.3"/>
     <prop k="outline_width_unit" v="MM"/>
    </layer>
   </symbol>
   <symbol name="3" type="fill" alpha="1" clip_to_extent="1" force_rhr="0">
    <layer class="SimpleFill" enabled="1" pass="0" locked="0">
     <prop k="color" v="220,223,214,160"/>
     <prop k="style" v="solid"/>
     <prop k="outline_color" v="110,118,112,255"/>
     <prop k="outline_style" v="dot"/>
     <prop k="outline_width" v="0.3"/>
     <prop k="outline_width_unit" v="MM"/>
    </layer>
   </symbol>
   <symbol name="4" type="fill" alpha="1" clip_to_extent="1" force_rhr="0">
    <layer class="SimpleFill" enabled="1" pass="0" locked="0">
     <prop k="color" v="120,128,122,200"/>
     <prop k="style" v="b_diagonal"/>
     <prop k="outline_color" v="120,128,122,255"/>
     <prop k="outline_style" v="dot"/>
     <prop k="outline_width" v="0.3"/>
     <prop k="outline_width_unit" v="MM"/>
    </layer>
   </symbol>
  </symbols>
 </renderer-v2>
</qgis>

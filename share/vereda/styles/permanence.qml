<!DOCTYPE qgis PUBLIC 'http://mrcc.com/qgis.dtd' 'SYSTEM'>
<qgis version="3.22" styleCategories="Symbology|Labeling" labelsEnabled="0">
 <renderer-v2 type="categorizedSymbol" attr="class" symbollevels="0" enableorderby="0" forceraster="0">
  <categories>
   <category value="new" label="{permanence.new}" symbol="0" render="true"/>
   <category value="abandoned" label="{permanence.abandoned}" symbol="1" render="true"/>
   <category value="permanent" label="{permanence.permanent}" symbol="2" render="true"/>
   <category value="intermittent" label="{permanence.intermittent}" symbol="3" render="true"/>
   <category value="" label="{permanence.several}" symbol="4" render="true"/>
  </categories>
  <symbols>
   <symbol name="0" type="fill" alpha="0.6" clip_to_extent="1" force_rhr="0">
    <layer class="SimpleFill" enabled="1" pass="0" locked="0">
     <prop k="color" v="197,60,30,255"/>
     <prop k="style" v="solid"/>
     <prop k="outline_color" v="255,255,255,255"/>
     <prop k="outline_width" v="0.1"/>
     <prop k="outline_width_unit" v="MM"/>
    </layer>
   </symbol>
   <symbol name="1" type="fill" alpha="0.6" clip_to_extent="1" force_rhr="0">
    <layer class="SimpleFill" enabled="1" pass="0" locked="0">
     <prop k="color" v="150,150,150,255"/>
     <prop k="style" v="solid"/>
     <prop k="outline_color" v="255,255,255,255"/>
     <prop k="outline_width" v="0.1"/>
     <prop k="outline_width_unit" v="MM"/>
    </layer>
   </symbol>
   <symbol name="2" type="fill" alpha="0.6" clip_to_extent="1" force_rhr="0">
    <layer class="SimpleFill" enabled="1" pass="0" locked="0">
     <prop k="color" v="90,20,90,255"/>
     <prop k="style" v="solid"/>
     <prop k="outline_color" v="255,255,255,255"/>
     <prop k="outline_width" v="0.1"/>
     <prop k="outline_width_unit" v="MM"/>
    </layer>
   </symbol>
   <symbol name="3" type="fill" alpha="0.6" clip_to_extent="1" force_rhr="0">
    <layer class="SimpleFill" enabled="1" pass="0" locked="0">
     <prop k="color" v="226,160,60,255"/>
     <prop k="style" v="solid"/>
     <prop k="outline_color" v="255,255,255,255"/>
     <prop k="outline_width" v="0.1"/>
     <prop k="outline_width_unit" v="MM"/>
    </layer>
   </symbol>
   <symbol name="4" type="fill" alpha="0.8" clip_to_extent="1" force_rhr="0">
    <layer class="SimpleFill" enabled="1" pass="0" locked="0">
     <prop k="color" v="120,120,120,255"/>
     <prop k="style" v="b_diagonal"/>
     <prop k="outline_color" v="120,120,120,255"/>
     <prop k="outline_width" v="0.1"/>
     <prop k="outline_width_unit" v="MM"/>
    </layer>
   </symbol>
  </symbols>
 </renderer-v2>
</qgis>

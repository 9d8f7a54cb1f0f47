<!DOCTYPE qgis PUBLIC 'http://mrcc.com/qgis.dtd' 'SYSTEM'>
<qgis version="3.22" styleCategories="Symbology|Labeling" labelsEnabled="0">
 <renderer-v2 type="categorizedSymbol" attr="kind" symbollevels="0" enableorderby="0" forceraster="0">
  <categories>
   <category value="aerial" label="{eradication.aerial}" symbol="0" render="true"/>
   <category value="manual_forced" label="{eradication.manual_forced}" symbol="1" render="true"/>
   <category value="conditioned" label="{eradication.conditioned}" symbol="2" render="true"/>
   <category value="voluntary" label="{eradication.voluntary}" symbol="3" render="true"/>
   <category value="community" label="{eradication.community}" symbol="4" render="true"/>
   <category value="unknown" label="{eradication.unknown}" symbol="5" render="true"/>
   <category value="pruned_or_renewed" label="{eradication.pruned_or_renewed}" symbol="6" render="true"/>
  </categories>
  <symbols>
   <symbol name="0" type="marker" alpha="1" clip_to_extent="1" force_rhr="0">
    <layer class="SimpleMarker" enabled="1" pass="0" locked="0">
     <prop k="name" v="triangle"/>
     <prop k="color" v="213,94,0,255"/>
     <prop k="outline_color" v="0,0,0,255"/>
     <prop k="outline_width" v="0.4"/>
     <prop k="size" v="3"/>
     <prop k="size_unit" v="MM"/>
    </layer>
   </symbol>
   <symbol name="1" type="marker" alpha="1" clip_to_extent="1" force_rhr="0">
    <layer class="SimpleMarker" enabled="1" pass="0" locked="0">
     <prop k="name" v="diamond"/>
     <prop k="color" v="213,94,0,255"/>
     <prop k="outline_color" v="0,0,0,255"/>
     <prop k="outline_width" v="0.4"/>
     <prop k="size" v="3"/>
     <prop k="size_unit" v="MM"/>
    </layer>
   </symbol>
   <symbol name="2" type="marker" alpha="1" clip_to_extent="1" force_rhr="0">
    <layer class="SimpleMarker" enabled="1" pass="0" locked="0">
     <prop k="name" v="diamond"/>
     <prop k="color" v="240,228,66,255"/>
     <prop k="outline_color" v="0,0,0,255"/>
     <prop k="outline_width" v="0.4"/>
     <prop k="size" v="3"/>
     <prop k="size_unit" v="MM"/>
    </layer>
   </symbol>
   <symbol name="3" type="marker" alpha="1" clip_to_extent="1" force_rhr="0">
    <layer class="SimpleMarker" enabled="1" pass="0" locked="0">
     <prop k="name" v="circle"/>
     <prop k="color" v="86,180,233,255"/>
     <prop k="outline_color" v="0,0,0,255"/>
     <prop k="outline_width" v="0.4"/>
     <prop k="size" v="3"/>
     <prop k="size_unit" v="MM"/>
    </layer>
   </symbol>
   <symbol name="4" type="marker" alpha="1" clip_to_extent="1" force_rhr="0">
    <layer class="SimpleMarker" enabled="1" pass="0" locked="0">
     <prop k="name" v="circle"/>
     <prop k="color" v="0,158,115,255"/>
     <prop k="outline_color" v="0,0,0,255"/>
     <prop k="outline_width" v="0.4"/>
     <prop k="size" v="3"/>
     <prop k="size_unit" v="MM"/>
    </layer>
   </symbol>
   <symbol name="5" type="marker" alpha="1" clip_to_extent="1" force_rhr="0">
    <layer class="SimpleMarker" enabled="1" pass="0" locked="0">
     <prop k="name" v="diamond"/>
     <prop k="color" v="255,255,255,255"/>
     <prop k="outline_color" v="0,0,0,255"/>
     <prop k="outline_width" v="0.4"/>
     <prop k="size" v="3"/>
     <prop k="size_unit" v="MM"/>
    </layer>
   </symbol>
   <symbol name="6" type="marker" alpha="1" clip_to_extent="1" force_rhr="0">
    <layer class="SimpleMarker" enabled="1" pass="0" locked="0">
     <prop k="name" v="square"/>
     <prop k="color" v="255,255,255,255"/>
     <prop k="outline_color" v="0,0,0,255"/>
     <prop k="outline_width" v="0.4"/>
     <prop k="size" v="3"/>
     <prop k="size_unit" v="MM"/>
    </layer>
   </symbol>
  </symbols>
 </renderer-v2>
</qgis>

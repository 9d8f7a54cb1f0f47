<!DOCTYPE qgis PUBLIC 'http://mrcc.com/qgis.dtd' 'SYSTEM'>
<qgis version="3.22" styleCategories="Symbology|Labeling" labelsEnabled="1">
 <renderer-v2 type="categorizedSymbol" attr="kind" symbollevels="0" enableorderby="0" forceraster="0">
  <categories>
   <category value="park" label="{zone.park}" symbol="0" render="true"/>
   <category value="indigenous" label="{zone.indigenous}" symbol="1" render="true"/>
   <category value="collective" label="{zone.collective}" symbol="2" render="true"/>
   <category value="prohibited" label="{zone.prohibited}" symbol="3" render="true"/>
   <category value="registered" label="{zone.registered}" symbol="4" render="true"/>
   <category value="traditional" label="{zone.traditional}" symbol="5" render="true"/>
   <category value="buffer" label="{zone.buffer}" symbol="6" render="true"/>
   <category value="abroad" label="{zone.abroad}" symbol="7" render="true"/>
  </categories>
  <symbols>
   <symbol name="0" type="fill" alpha="0.8" clip_to_extent="1" force_rhr="0">
    <layer class="SimpleFill" enabled="1" pass="0" locked="0">
     <prop k="color" v="47,107,79,255"/>
     <prop k="style" v="b_diagonal"/>
     <prop k="outline_color" v="47,107,79,255"/>
     <prop k="outline_style" v="dash"/>
     <prop k="outline_width" v="0.5"/>
     <prop k="outline_width_unit" v="MM"/>
    </layer>
   </symbol>
   <symbol name="1" type="fill" alpha="0.8" clip_to_extent="1" force_rhr="0">
    <layer class="SimpleFill" enabled="1" pass="0" locked="0">
     <prop k="color" v="122,82,48,255"/>
     <prop k="style" v="horizontal"/>
     <prop k="outline_color" v="122,82,48,255"/>
     <prop k="outline_style" v="dot"/>
     <prop k="outline_width" v="0.5"/>
     <prop k="outline_width_unit" v="MM"/>
    </layer>
   </symbol>
   <symbol name="2" type="fill" alpha="0.8" clip_to_extent="1" force_rhr="0">
    <layer class="SimpleFill" enabled="1" pass="0" locked="0">
     <prop k="color" v="122,82,48,255"/>
     <prop k="style" v="horizontal"/>
     <prop k="outline_color" v="122,82,48,255"/>
     <prop k="outline_style" v="dot"/>
     <prop k="outline_width" v="0.5"/>
     <prop k="outline_width_unit" v="MM"/>
    </layer>
   </symbol>
   <symbol name="3" type="fill" alpha="0.8" clip_to_extent="1" force_rhr="0">
    <layer class="SimpleFill" enabled="1" pass="0" locked="0">
     <prop k="color" v="138,47,6,255"/>
     <prop k="style" v="cross"/>
     <prop k="outline_color" v="138,47,6,255"/>
     <prop k="outline_style" v="dash"/>
     <prop k="outline_width" v="0.5"/>
     <prop k="outline_width_unit" v="MM"/>
    </layer>
   </symbol>
   <symbol name="4" type="fill" alpha="0.8" clip_to_extent="1" force_rhr="0">
    <layer class="SimpleFill" enabled="1" pass="0" locked="0">
     <prop k="color" v="0,104,163,255"/>
     <prop k="style" v="vertical"/>
     <prop k="outline_color" v="0,104,163,255"/>
     <prop k="outline_style" v="dash"/>
     <prop k="outline_width" v="0.5"/>
     <prop k="outline_width_unit" v="MM"/>
    </layer>
   </symbol>
   <symbol name="5" type="fill" alpha="0.8" clip_to_extent="1" force_rhr="0">
    <layer class="SimpleFill" enabled="1" pass="0" locked="0">
     <prop k="color" v="0,104,163,255"/>
     <prop k="style" v="dense7"/>
     <prop k="outline_color" v="0,104,163,255"/>
     <prop k="outline_style" v="dash"/>
     <prop k="outline_width" v="0.5"/>
     <prop k="outline_width_unit" v="MM"/>
    </layer>
   </symbol>
   <symbol name="6" type="fill" alpha="0.8" clip_to_extent="1" force_rhr="0">
    <layer class="SimpleFill" enabled="1" pass="0" locked="0">
     <prop k="color" v="74,85,96,255"/>
     <prop k="style" v="dense7"/>
     <prop k="outline_color" v="74,85,96,255"/>
     <prop k="outline_style" v="dot"/>
     <prop k="outline_width" v="0.5"/>
     <prop k="outline_width_unit" v="MM"/>
    </layer>
   </symbol>
   <symbol name="7" type="fill" alpha="0.8" clip_to_extent="1" force_rhr="0">
    <layer class="SimpleFill" enabled="1" pass="0" locked="0">
     <prop k="color" v="74,85,96,255"/>
     <prop k="style" v="f_diagonal"/>
     <prop k="outline_color" v="74,85,96,255"/>
     <prop k="outline_style" v="solid"/>
     <prop k="outline_width" v="0.5"/>
     <prop k="outline_width_unit" v="MM"/>
    </layer>
   </symbol>
  </symbols>
 </renderer-v2>
 <labeling type="simple">
  <settings calloutType="simple">
   <text-style fieldName="name" isExpression="0" fontSize="8" fontSizeUnit="Point" textColor="23,37,31,255" namedStyle="Regular">
    <text-buffer bufferDraw="1" bufferSize="0.8" bufferSizeUnits="MM" bufferColor="255,255,255,255"/>
   </text-style>
   <placement placement="1" centroidInside="1" fitInPolygonOnly="0"/>
  </settings>
 </labeling>
</qgis>

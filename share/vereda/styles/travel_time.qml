<!DOCTYPE qgis PUBLIC 'http://mrcc.com/qgis.dtd' 'SYSTEM'>
<qgis version="3.22" styleCategories="Symbology">
 <pipe>
  <rasterrenderer type="singlebandpseudocolor" band="1" opacity="0.75" alphaBand="-1" classificationMin="0" classificationMax="960" nodataColor="">
   <rastershader>
    <colorrampshader colorRampType="INTERPOLATED" classificationMode="1" clip="0" minimumValue="0" maximumValue="960">
     <item alpha="255" value="0" label="0 min" color="#fde725"/>
     <item alpha="255" value="30" label="30 min" color="#b5de2b"/>
     <item alpha="255" value="60" label="60 min" color="#6ece58"/>
     <item alpha="255" value="120" label="120 min" color="#35b779"/>
     <item alpha="255" value="240" label="240 min" color="#26828e"/>
     <item alpha="255" value="480" label="480 min" color="#3e4a89"/>
     <item alpha="255" value="960" label="960 min" color="#440154"/>
    </colorrampshader>
   </rastershader>
  </rasterrenderer>
 </pipe>
</qgis>

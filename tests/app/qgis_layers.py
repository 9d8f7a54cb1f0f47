"""Opens a GeoPackage and a project of vereda in QGIS, without a screen, and says what it found.

Usage: qgis_layers.py vereda-internal.gpkg vereda-internal.qgs [RASTER.tif ...]   (prints one JSON object)
"""
import json
import sys

from qgis.core import (QgsApplication, QgsLayerTreeGroup, QgsLayerTreeLayer, QgsMapRendererSequentialJob, QgsMapSettings,
                       QgsProject, QgsRasterLayer, QgsVectorLayer)
from qgis.PyQt.QtCore import QSize

QgsApplication.setPrefixPath("/usr", True)
application = QgsApplication([], False)
application.initQgis()

found = {"layers": {}, "rasters": {}, "project": {}}
package = sys.argv[1]
whole = QgsVectorLayer(package, "package", "ogr")
names = [entry.split("!!::!!")[1] for entry in whole.dataProvider().subLayers()]
for name in names:
    if name == "layer_styles":
        continue
    layer = QgsVectorLayer(f"{package}|layername={name}", name, "ogr")
    entry = {"valid": layer.isValid(), "features": layer.featureCount()}
    if layer.isValid():
        _, styled = layer.loadDefaultStyle()
        entry["styled"] = styled
        entry["renderer"] = layer.renderer().type()
        entry["labels"] = layer.labelsEnabled()
        entry["aliases"] = sum(1 for field in layer.fields() if field.alias())
        entry["comments"] = sum(1 for field in layer.fields() if field.comment())
        entry["fields"] = sum(1 for field in layer.fields() if field.name() != "fid")
    found["layers"][name] = entry
for path in sys.argv[3:]:
    layer = QgsRasterLayer(path, "raster")
    _, styled = layer.loadDefaultStyle() if layer.isValid() else ("", False)
    found["rasters"][path] = {"valid": layer.isValid(), "styled": styled,
                              "renderer": layer.renderer().type() if layer.isValid() else ""}

project = QgsProject.instance()
found["project"]["read"] = project.read(sys.argv[2])
found["project"]["crs"] = project.crs().isValid()
found["project"]["layers"] = {
    layer.id(): {"valid": layer.isValid(), "title": layer.name(), "crs": layer.crs().isValid(),
                 "renderer": layer.renderer().type() if layer.renderer() else "",
                 "aliases": sum(1 for field in layer.fields() if field.alias()) if hasattr(layer, "fields") else 0}
    for layer in project.mapLayers().values()}
found["project"]["groups"] = {
    group.name(): sum(1 for child in group.children() if isinstance(child, QgsLayerTreeLayer))
    for group in project.layerTreeRoot().children() if isinstance(group, QgsLayerTreeGroup)}

shown = [layer for layer in project.layerTreeRoot().checkedLayers()]
found["project"]["shown"] = len(shown)
if shown:
    settings = QgsMapSettings()
    settings.setLayers(shown)
    settings.setDestinationCrs(project.crs())
    settings.setOutputSize(QSize(300, 300))
    settings.setExtent(settings.fullExtent())
    job = QgsMapRendererSequentialJob(settings)
    job.start()
    job.waitForFinished()
    image = job.renderedImage()
    found["project"]["colours"] = len({image.pixel(x, y) for x in range(0, 300, 3) for y in range(0, 300, 3)})
    if len(sys.argv) > 1 and sys.argv[-1].endswith(".png"):
        image.save(sys.argv[-1])
print(json.dumps(found))
sys.stdout.flush()
import os
os._exit(0)  # QGIS 3.22 may crash while it ends

/** Brings the page to life: the static page stays what it is, and the viewer puts maps, charts and tables into it. */
import "ol/ol.css";
import "./viewer.css";
import { choose } from "./choices.ts";
import { MapModel } from "./map/map_model.ts";
import { loadPayload } from "./payload.ts";
import { Shell } from "./shell.ts";
import { table, useTables } from "./tables.ts";
import { useWords } from "./words.ts";

async function start(): Promise<void> {
  const { payload, geometry } = await loadPayload();
  const shown = (): string => document.querySelector<HTMLInputElement>("input[name=lang]:checked")?.value ?? payload.languages[0]!;
  useWords(payload, shown());
  useTables(payload.tables);
  choose({ year: payload.years.at(-1) ?? 0, place: table("travel_times")?.column("kind")?.distinct[0] ?? "" });
  const model = payload.map ? new MapModel(payload.map, geometry) : undefined;
  document.documentElement.classList.add("live");
  const shell = new Shell(payload, model);
  document.addEventListener("change", (event) => {
    if ((event.target as HTMLInputElement).name !== "lang") return;
    useWords(payload, shown());
    shell.show(false);
  });
  shell.show(false);
  document.documentElement.dataset.ready = "yes";
}

void start();

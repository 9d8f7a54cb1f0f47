/** The questions: which tables answer each, and what its map shows first. */
import type { MapWish } from "./map/map_view.ts";
import { allTables, table, type Table } from "./tables.ts";

export interface Topic {
  id: string;
  tables: string[];
  /** Sections of the static page that show with the question's own. */
  more?: string[];
  map?: MapWish;
}

export const topics: Topic[] = [
  { id: "plots", more: ["tracks"], map: { theme: "density", overlays: ["unseen", "plots", "events"] },
    tables: ["plot_area", "area_adjusted", "permanence_regions", "permanence", "tracks", "track_review", "track_surveys",
      "field_blocks", "holdings", "area_zones", "plot_parts", "plot_area_then", "region_crosswalk", "accuracy",
      "frame_sample", "sample_plan"] },
  { id: "forest", map: { theme: "loss", overlays: ["plots", "zones"] }, tables: ["loss", "loss_range", "loss_destinations"] },
  { id: "displacement", map: { theme: "density", overlays: ["flows", "events"] },
    tables: ["displacement", "adding_up", "flows", "flow_balance", "eradication", "eradication_check", "replanting"] },
  { id: "reach", map: { theme: "reach", overlays: ["not_reached"] },
    tables: ["coverage", "reach", "travel_times", "catchments", "income_bridge", "aid_conflicts", "register_duplicates"] },
  { id: "readiness", map: { theme: "readiness", overlays: [] },
    tables: ["readiness", "readiness_missing", "readiness_gates", "readiness_history", "readiness_robustness",
      "readiness_sensitivity", "readiness_coherence"] },
  { id: "order", map: { theme: "readiness", overlays: ["events"] },
    tables: ["sequence_audit", "order_findings", "reduction_outcomes"] },
  { id: "small_plots", map: { theme: "readiness", overlays: ["registered", "zones"] },
    tables: ["small_plot_families", "small_plots", "small_plot_quotas", "small_plot_needs", "rule_what_if"] },
  { id: "welfare", tables: ["welfare"] },
];

export function tablesOf(topic: Topic): Table[] {
  return topic.tables.flatMap((name) => table(name) ?? []);
}

/** Tables that belong to no question. */
export function otherTables(): Table[] {
  const known = new Set(topics.flatMap((topic) => topic.tables));
  return allTables().filter((of) => !known.has(of.name));
}

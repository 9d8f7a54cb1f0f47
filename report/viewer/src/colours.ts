/** Colours that colour-blind readers tell apart: Okabe and Ito's eight (jfly.uni-koeln.de/color, 2002), tints of them,
 * and ramps that grow darker throughout. Nothing is told by colour alone: the legend, the symbols and the hovered text
 * say it too. */

export const ink = "#17251f";
export const crop: Record<string, string> = { coca: "#14463a", poppy: "#a1377f" };

export const states: Record<string, { colour: string; symbol: string }> = {
  READY: { colour: "#6fb1dc", symbol: "✓" },
  CONDITIONAL: { colour: "#c9e4f6", symbol: "~" },
  NOT_READY: { colour: "#f7d58f", symbol: "✕" },
  INSUFFICIENT_DATA: { colour: "#e6e8e4", symbol: "?" },
};

export const permanence: Record<string, string> = {
  new: "#d55e00", permanent: "#0b3a57", intermittent: "#cc79a7", abandoned: "#56b4e9", "": "#b9bfb9",
};

export const events: Record<string, string> = {
  appeared: "#d55e00", replanted: "#d55e00", returned: "#e69f00", persisted: "#14463a", grew: "#0072b2",
  shrank: "#56b4e9", moved: "#f0e442", split: "#cc79a7", merged: "#cc79a7", pruned_or_renewed: "#009e73",
};
export const otherEvent = "#8a938d";

export const verdicts: Record<string, string> = {
  compliant: "#0072b2", within_error: "#56b4e9", exceeds: "#d55e00", not_testable: "#aab1ac", no_rule: "#c9cec9",
};

export const zones: Record<string, string> = { park: "#2f6b4f", indigenous: "#7a5230", collective: "#7a5230" };
export const otherZone = "#4a5560";

export const ramps: Record<string, string[]> = {
  green: ["#eef3e4", "#bcd7b4", "#8fc0a0", "#5a9f8a", "#2c7a70", "#0f4f4a"],
  brown: ["#fbf3e2", "#f4d9ac", "#eab36c", "#d9812f", "#ad5206", "#6e2f00"],
  blue: ["#eef4f9", "#c5ddee", "#93c0dd", "#569fc9", "#1f76ac", "#0a4a78"],
  purple: ["#f5f0f6", "#dfcfe4", "#c1a5cc", "#9d78ae", "#754c8a", "#4b2863"],
};
export const unknown = "#e3e5e1";

export const mechanisms = ["#7a2e00", "#b24a05", "#d9691f", "#ec9457", "#f4b98d", "#fadcc5", "#d9a05b"];
export const driver = "#8d9aa5";
export const unattributed = "#b9bfae";

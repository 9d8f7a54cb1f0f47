/** Charts in the page: drawn as wide as their place, again whenever a choice or the width changes. */
import { rowsAddress } from "./address.ts";
import type { Chart } from "./charts.ts";
import { onChoice } from "./choices.ts";
import { make, shortened } from "./elements.ts";
import { table } from "./tables.ts";
import { say } from "./words.ts";

function figureOf(chart: Chart, width: number): HTMLElement {
  const legend = chart.legend && chart.legend.length > 0
    ? make("ul", { class: "chart-legend" }, ...chart.legend.map((entry) => {
      const swatch = make("span", { class: "v-swatch v-fill", "aria-hidden": "true" });
      swatch.style.setProperty("--colour", entry.colour);
      return make("li", {}, swatch, shortened(entry.text, 90));
    })) : null;
  return make("figure", { class: "v-chart" }, make("figcaption", {}, shortened(chart.title, 160)), chart.draw(width), legend,
    chart.note ? make("p", { class: "key" }, chart.note) : null,
    table(chart.rows.table) ? make("p", { class: "more" },
      make("a", { href: rowsAddress(chart.rows.table, chart.rows.filter) }, say("viewer.rows_behind"))) : null);
}

export class ChartBlock {
  readonly element: HTMLElement;
  private readonly stop: () => void;
  private readonly watch: ResizeObserver;
  private width = 0;
  private waiting = 0;

  constructor(private readonly charts: () => Chart[], small = false) {
    this.element = make("div", { class: small ? "v-charts v-small" : "v-charts" });
    this.stop = onChoice(() => this.later());
    this.watch = new ResizeObserver(() => {
      if (Math.abs(this.columnWidth() - this.width) > 8) this.later();
    });
    this.watch.observe(this.element);
  }

  private columnWidth(): number {
    const columns = getComputedStyle(this.element).gridTemplateColumns.split(" ").map(parseFloat).filter((px) => px > 0);
    return (columns[0] ?? this.element.clientWidth) - 42;
  }
  private later(): void {
    cancelAnimationFrame(this.waiting);
    this.waiting = requestAnimationFrame(() => this.draw());
  }
  draw(): void {
    if (!this.element.isConnected) return;
    this.width = this.columnWidth();
    this.element.replaceChildren(...this.charts().map((chart) => figureOf(chart, this.width)));
  }
  remove(): void {
    this.stop();
    this.watch.disconnect();
    cancelAnimationFrame(this.waiting);
    this.element.remove();
  }
}

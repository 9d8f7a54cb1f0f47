/** The address after "#": "/plots", "/region/VQ-101", "/table/plot_area?year=2019&region_id=VQ-101". */

export interface Address {
  page: string;
  /** The rest of the path: a region's id, a table's name. */
  of: string;
  filter: Record<string, string>;
}

export function parseAddress(hash: string): Address {
  const anchor = /^#(?:en|es)-(\w+)$/.exec(hash);
  if (anchor) return { page: anchor[1] === "main" ? "" : anchor[1] === "tracks" ? "plots" : anchor[1]!, of: "", filter: {} };
  const [path = "", query = ""] = hash.replace(/^#\/?/, "").split("?");
  const [page = "", ...rest] = path.split("/");
  return { page: decoded(page), of: decoded(rest.join("/")), filter: Object.fromEntries(new URLSearchParams(query)) };
}

function decoded(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}

export function addressOf(page: string, of = "", filter: Record<string, string> = {}): string {
  const query = new URLSearchParams(filter).toString();
  return `#/${encodeURIComponent(page)}${of ? `/${encodeURIComponent(of)}` : ""}${query ? `?${query}` : ""}`;
}

/** The rows of a table that hold these values. */
export function rowsAddress(table: string, filter: Record<string, string | number> = {}): string {
  return addressOf("table", table, Object.fromEntries(Object.entries(filter).map(([k, v]) => [k, String(v)])));
}

/** The two blocks that the program wrote into the page (report/viewer_payload.hpp). */
import { inflateSync } from "fflate";

export interface PackedValues {
  numbers?: (number | null)[];
  texts?: string[];
  rows?: number[];
}

export interface PackedColumn {
  name: string;
  type: "text" | "integer" | "real" | "date";
  unit: string;
  decimals: number;
  about: string[];
  values: PackedValues[];
}

export interface PackedTable {
  name: string;
  title: string[];
  about: string[];
  all_rows: number;
  rows: number;
  columns: PackedColumn[];
}

/** Where a layer's shapes start in the geometry block, and how many there are. */
export interface Slot {
  at: number;
  n: number;
}

export interface PackedSurvey extends Slot {
  year: number;
  crop: string;
  id: string[];
  area_m2: number[];
  image_date: string[];
  track?: string[];
  event?: string[];
  observed?: Slot;
}

export interface PackedPermanence {
  crop: string;
  cell_m: number;
  from_year: number;
  to_year: number;
  column: number[];
  row: number[];
  class: string[];
  possible: string[];
  likely: string[];
  density: (number | null)[];
}

export interface PackedMap {
  extent: [number, number, number, number];
  origin: [number, number];
  step: number;
  regions: Slot & { id: string[]; name: string[]; parent: string[]; land_ha?: number[]; families?: (number | null)[] };
  surveys?: PackedSurvey[];
  permanence?: PackedPermanence[];
  zones?: Slot & { kind: string[]; name: string[] };
  events?: Slot & { id: string[]; date: string[]; kind: string[]; reported_ha: (number | null)[]; agency: string[] };
  registered?: Slot & {
    id: string[]; household: string[]; verdict: string[]; area_m2: number[]; limit_m2: (number | null)[];
  };
  not_reached?: Slot & {
    id: string[]; year: number[]; crop: string[]; region: string[]; why: string[]; nearest_m: (number | null)[];
  };
  flows?: Slot & {
    origin: string[]; destination: string[]; from_year: number[]; to_year: number[];
    area_ha: number[]; lo_ha: number[]; hi_ha: number[];
  };
}

export interface Payload {
  edition: "internal" | "public";
  study: string;
  languages: string[];
  words: Record<string, Record<string, string>>;
  titles: Record<string, Record<string, string>>;
  years: number[];
  crops: string[];
  map?: PackedMap;
  tables: PackedTable[];
}

export function bytesOfBase64(text: string): Uint8Array {
  const binary = atob(text);
  const bytes = new Uint8Array(binary.length);
  for (let i = 0; i < binary.length; i++) bytes[i] = binary.charCodeAt(i);
  return bytes;
}

/** The browser's own inflater where it has one; else the one that comes along. */
export async function inflated(bytes: Uint8Array): Promise<Uint8Array> {
  if (typeof DecompressionStream === "function") {
    try {
      const stream = new Blob([bytes as BlobPart]).stream().pipeThrough(new DecompressionStream("deflate-raw"));
      return new Uint8Array(await new Response(stream).arrayBuffer());
    } catch {
      // An older browser that knows only zlib's wrapping.
    }
  }
  return inflateSync(bytes);
}

async function block(id: string): Promise<Uint8Array> {
  return inflated(bytesOfBase64(document.getElementById(id)?.textContent ?? ""));
}

export async function loadPayload(): Promise<{ payload: Payload; geometry: Uint8Array }> {
  const [text, geometry] = await Promise.all([block("viewer-text"), block("viewer-geometry")]);
  return { payload: JSON.parse(new TextDecoder().decode(text)) as Payload, geometry };
}

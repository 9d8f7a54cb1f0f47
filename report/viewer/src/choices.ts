/** What the reader has chosen: year, region and so on. Everything drawn listens; the address keeps it. */

export interface Choices {
  year: number;
  region: string;
  crop: string;
  /** What the regions' colours show. */
  theme: string;
  component: string;
  place: string;
}

type Listener = (changed: ReadonlySet<keyof Choices>) => void;

const listeners = new Set<Listener>();
let current: Choices = { year: 0, region: "", crop: "", theme: "", component: "any", place: "" };

export function choices(): Readonly<Choices> {
  return current;
}

export function choose(next: Partial<Choices>): void {
  const changed = new Set<keyof Choices>();
  for (const key of Object.keys(next) as (keyof Choices)[]) if (current[key] !== next[key]) changed.add(key);
  if (changed.size === 0) return;
  current = { ...current, ...next };
  for (const listener of [...listeners]) listener(changed);
}

/** Calls back on every change until the given function is called. */
export function onChoice(listener: Listener): () => void {
  listeners.add(listener);
  return () => listeners.delete(listener);
}

/** Elements made in one expression. Text only ever enters as text nodes: nothing of the data is parsed as HTML. */

export type Child = Node | string | null | undefined | false;

export interface Attributes {
  [name: string]: string | number | boolean | undefined | ((event: Event) => void);
}

function fill(element: Element, attributes: Attributes, children: Child[]): void {
  for (const [name, value] of Object.entries(attributes)) {
    if (value === undefined || value === false) continue;
    if (typeof value === "function") element.addEventListener(name.slice(2), value);
    else if (value === true) element.setAttribute(name, "");
    else element.setAttribute(name, String(value));
  }
  for (const child of children) if (child) element.append(child);
}

/** `onclick: f` listens; `hidden: true` sets an empty attribute; undefined and false leave one out. */
export function make<K extends keyof HTMLElementTagNameMap>(
  name: K, attributes: Attributes = {}, ...children: Child[]
): HTMLElementTagNameMap[K] {
  const element = document.createElement(name);
  fill(element, attributes, children);
  return element;
}

/** A text of at most `length` characters; longer ones end in an ellipsis. */
export function shortened(text: string, length: number): string {
  const characters = text.length > length ? Array.from(text) : [];
  return characters.length > length ? characters.slice(0, length - 1).join("") + "…" : text;
}

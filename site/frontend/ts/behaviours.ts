/* A behaviour is attached once to each element that its selector matches. */
export interface Behaviour {
  selector: string;
  attach(element: HTMLElement): void;
}

const attached = new WeakMap<Behaviour, WeakSet<HTMLElement>>();

export function attachAll(behaviours: Behaviour[], root: ParentNode): void {
  for (const behaviour of behaviours) {
    const seen = attached.get(behaviour) ?? new WeakSet<HTMLElement>();
    attached.set(behaviour, seen);
    for (const element of root.querySelectorAll<HTMLElement>(behaviour.selector)) {
      if (seen.has(element)) continue;
      seen.add(element);
      behaviour.attach(element);
    }
  }
}

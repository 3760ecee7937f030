/* Marks the section being read in a table of contents. */
import type { Behaviour } from "./behaviours";

export const currentSection: Behaviour = {
  selector: "[data-current-section]",
  attach(toc) {
    const links = [...toc.querySelectorAll<HTMLAnchorElement>('a[href^="#"]')];
    const byId = new Map(links.map((link) => [decodeURIComponent(link.hash.slice(1)), link]));
    const sections = [...byId.keys()]
      .map((id) => document.getElementById(id))
      .filter((section) => section !== null);
    const mark = (): void => {
      const line = innerHeight / 3;
      const read = sections.filter((section) => section.getBoundingClientRect().top < line);
      const current = read.at(-1) ?? sections[0];
      for (const [id, link] of byId) {
        if (id === current?.id) link.setAttribute("aria-current", "true");
        else link.removeAttribute("aria-current");
      }
    };
    const watcher = new IntersectionObserver(mark, { rootMargin: "0px 0px -66% 0px" });
    for (const section of sections) watcher.observe(section);
    mark();
  },
};

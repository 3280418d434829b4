/** The calls of both ways as an SVG picture, in Markdown pages shown on light and on dark ground. */
import { forMembers } from "./life.ts";
import type { Step } from "./life.ts";
import type { Life } from "./report.ts";
import { TITLES, WAYS } from "./sides.ts";
import type { Way } from "./sides.ts";

const PANELS: readonly (readonly [step: Step, title: string])[] = [
  ["first up", "first up"],
  ["refresh", "refresh, no change"],
  ["swap", "swap of 1 %"],
];

const COLORS: Readonly<Record<Way, string>> = { roster: "#0b7285", tutorial: "#c92a2a" };

const PANEL = { width: 280, height: 230, gap: 30, left: 64, top: 66 };
const WIDTH = PANEL.left + PANELS.length * (PANEL.width + PANEL.gap);
const HEIGHT = PANEL.top + PANEL.height + 62;
/** Powers of ten at the right and upper ends. */
const DECADES = { people: 4, calls: 5 };

/** Calls against people for each step, both on scales of powers of ten. */
export function chartOf(lives: readonly Life[]): string {
  const panels = PANELS.map(([step, title], place) => {
    const x = PANEL.left + place * (PANEL.width + PANEL.gap);
    const lines = WAYS.map((way) => line(lives, way, step)).join("\n");
    return `<g transform="translate(${String(x)} ${String(PANEL.top)})">\n${frame(title, place === 0)}\n${lines}\n</g>`;
  });
  const names = WAYS.map((way, place) => {
    const x = PANEL.left + place * 110;
    return `<circle cx="${String(x + 5)}" cy="44" r="4" fill="${COLORS[way]}"/><text x="${String(x + 14)}" y="48">${TITLES[way]}</text>`;
  });
  return [
    `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${String(WIDTH)} ${String(HEIGHT)}" role="img" font-family="system-ui, sans-serif" font-size="12" fill="#343a40">`,
    "<title>Auth0 calls made for the members of an organization, by their number</title>",
    `<rect width="${String(WIDTH)}" height="${String(HEIGHT)}" rx="8" fill="#ffffff"/>`,
    `<text x="${String(PANEL.left)}" y="24" font-size="15" font-weight="600">Auth0 calls made for the members, by number of people</text>`,
    ...names,
    ...panels,
    "</svg>",
    "",
  ].join("\n");
}

function frame(title: string, withFigures: boolean): string {
  const { width, height } = PANEL;
  const across = Array.from({ length: DECADES.calls + 1 }, (_, decade) => {
    const y = yAt(10 ** decade);
    const rule = `<line x1="0" x2="${String(width)}" y1="${y}" y2="${y}" stroke="#dee2e6"/>`;
    return withFigures
      ? `${rule}<text x="-8" y="${y}" dy="4" text-anchor="end">${figure(10 ** decade)}</text>`
      : rule;
  });
  const below = Array.from({ length: DECADES.people + 1 }, (_, decade) => {
    const x = xAt(10 ** decade);
    return `<text x="${x}" y="${String(height + 18)}" text-anchor="middle">${figure(10 ** decade)}</text>`;
  });
  const caption = `<text x="${String(width / 2)}" y="${String(height + 42)}" text-anchor="middle" font-weight="600">${title}</text>`;
  return [...across, ...below, caption].join("\n");
}

function line(lives: readonly Life[], way: Way, step: Step): string {
  const points = lives
    .filter((life) => life.way === way)
    .sort((a, b) => a.count - b.count)
    .map(({ count, steps }) => ({ count, calls: forMembers(steps[step]) }));
  const path = points.map(({ count, calls }) => `${xAt(count)},${yAt(calls)}`).join(" ");
  const marks = points.map(({ count, calls }, place) => {
    // Above the line of the one, below that of the other; the ends stay inside.
    const dy = way === "tutorial" ? -8 : 17;
    const anchor = place === 0 ? "start" : count === 10 ** DECADES.people ? "end" : "middle";
    return `<circle cx="${xAt(count)}" cy="${yAt(calls)}" r="3.5"/><text x="${xAt(count)}" y="${yAt(calls)}" dy="${String(dy)}" text-anchor="${anchor}">${figure(calls)}</text>`;
  });
  return `<g fill="${COLORS[way]}"><polyline points="${path}" fill="none" stroke="${COLORS[way]}" stroke-width="2"/>${marks.join("")}</g>`;
}

function xAt(people: number): string {
  return ((Math.log10(people) / DECADES.people) * PANEL.width).toFixed(1);
}

/** No call at all stands on the line of one call. */
function yAt(calls: number): string {
  return ((1 - Math.log10(Math.max(1, calls)) / DECADES.calls) * PANEL.height).toFixed(1);
}

function figure(value: number): string {
  return value.toLocaleString("en-US");
}

/** Text on light colors, and on dark ones. */
const INK = "#16191f";
const WHITE = "#ffffff";

/** The least contrast of text (WCAG 2.2, success criterion 1.4.3). */
const READABLE = 4.5;

/** WCAG 2.2, "relative luminance": from 0 for black to 1 for white. */
function luminance(color: string): number {
  const [red = 0, green = 0, blue = 0] = [1, 3, 5].map((start) => {
    const share = Number.parseInt(color.slice(start, start + 2), 16) / 255;
    return share <= 0.04045 ? share / 12.92 : ((share + 0.055) / 1.055) ** 2.4;
  });
  return 0.2126 * red + 0.7152 * green + 0.0722 * blue;
}

/** WCAG 2.2, "contrast ratio" of two colors `#rrggbb`: from 1 to 21. */
function contrast(a: string, b: string): number {
  const [dark = 0, light = 0] = [luminance(a), luminance(b)].sort((one, other) => one - other);
  return (light + 0.05) / (dark + 0.05);
}

/** The color for text on a background: whichever of white and ink can be read better. */
export function textOn(background: string): string {
  return contrast(WHITE, background) >= contrast(INK, background) ? WHITE : INK;
}

/** A color for text on a background if it can be read there, else the one that can. */
export function readableOn(background: string, color: string): string {
  return contrast(color, background) >= READABLE ? color : textOn(background);
}

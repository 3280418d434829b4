/** People in comma-separated values, as spreadsheets write them. */
import { parse } from "csv-parse/sync";
import { COLUMNS, didYouMean, quoted, RowCollector } from "./rows.ts";
import type { Cells, Rows } from "./rows.ts";

type Column = (typeof COLUMNS)[number];
/** What stands in each column; undefined in one that is not known. */
type Header = readonly (Column | undefined)[];

export function readCsv(text: string): Rows {
  const out = new RowCollector();
  let header: Header | undefined;
  /** The last line of the record before, since a record may have several. */
  let before = 0;
  parse(text, {
    trim: true,
    delimiter: delimiterOf(text),
    record_delimiter: ["\r\n", "\n", "\r"],
    relax_column_count: true,
    skip_records_with_error: true,
    on_skip(error) {
      const line = Number(error?.lines);
      // One quote may break a line in several places.
      if (line === before) return;
      before = line;
      out.mistake(
        line,
        "a quote is in the wrong place: a value with a quote in it is quoted, its quotes doubled",
      );
    },
    on_record(cells, { lines }) {
      const line = before + 1;
      before = lines;
      if (header === undefined) header = headerOf(cells, out);
      // Without knowing who is meant, nothing can be said of the lines.
      else if (!namesPeople(header)) return null;
      else if (cells.every((cell) => cell === "")) out.mistake(line, "this line is empty");
      else if (cells.length > header.length) {
        out.mistake(line, `${String(cells.length)} values for ${String(header.length)} columns`);
      } else out.add(line, cellsByName(header, cells));
      return null;
    },
  });
  return out.collected();
}

/** Spreadsheets of many countries write semicolons between values; the first line shows it. */
function delimiterOf(text: string): string {
  const [line = ""] = text.slice(0, 4096).split(/[\r\n]/, 1);
  return [",", ";", "\t"].find((delimiter) => line.includes(delimiter)) ?? ",";
}

function headerOf(cells: readonly string[], out: RowCollector): Header {
  const names = cells.map((cell) => cell.toLowerCase());
  const header = names.map((name, index) => {
    const known = COLUMNS.find((column) => column === name);
    if (name === "") out.mistake(1, `column ${String(index + 1)} has no name`);
    else if (known === undefined) {
      const there = `there are ${COLUMNS.join(", ")}${didYouMean(name, COLUMNS)}`;
      out.mistake(1, `unknown column ${quoted(cells[index] ?? "")}: ${there}`);
    } else if (names.indexOf(name) < index) out.mistake(1, `the column ${name} is there twice`);
    return known;
  });
  if (!namesPeople(header)) {
    out.mistake(
      1,
      "the first line names the columns, and there is neither user nor email: begin with user,roles",
    );
  }
  return header;
}

function namesPeople(header: Header): boolean {
  return header.includes("user") || header.includes("email");
}

function cellsByName(header: Header, cells: readonly string[]): Cells {
  const cell = (column: Column): string => withoutApostrophe(cells[header.indexOf(column)] ?? "");
  return {
    user: cell("user"),
    email: cell("email"),
    roles: cell("roles")
      .split(";")
      .map((role) => withoutApostrophe(role.trim()))
      .filter((role) => role !== ""),
    invite: cell("invite"),
  };
}

/** Without the mark that keeps a spreadsheet from reading a value as a formula, see `./write.ts`. */
function withoutApostrophe(cell: string): string {
  return /^'[=+\-@\t\r＝＋－＠]/.test(cell) ? cell.slice(1) : cell;
}

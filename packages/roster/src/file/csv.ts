/** People in comma-separated values, as spreadsheets write them: streamed, so that a file may be long. */
import { Readable } from "node:stream";
import { parse } from "csv-parse";
import type { CsvError, Parser } from "csv-parse";
import { nearest } from "./nearest.ts";
import { COLUMNS, quoted, RowCollector } from "./rows.ts";
import type { Cells, Rows } from "./rows.ts";

type Column = (typeof COLUMNS)[number];

interface Line {
  readonly cells: readonly string[];
  readonly line: number;
}

/** @param bytes the file, in pieces of any size */
export async function readCsv(bytes: AsyncIterable<Uint8Array>): Promise<Rows> {
  const out = new RowCollector();
  let columns: readonly (Column | undefined)[] | undefined;
  for await (const { cells, line } of linesOf(bytes, out)) {
    if (cells.some((cell) => cell.includes("\uFFFD"))) {
      out.mistake(line, "this is not UTF-8: save the file as CSV UTF-8");
    } else if (columns === undefined) {
      columns = header(cells, out);
      // Without knowing who is meant, nothing more can be said of the lines.
      if (!columns.includes("user") && !columns.includes("email")) return out.collected();
    } else if (cells.every((cell) => cell === "")) {
      out.mistake(line, "this line is empty");
    } else if (cells.length > columns.length) {
      out.mistake(line, `${String(cells.length)} values for ${String(columns.length)} columns`);
    } else {
      out.add(line, byName(columns, cells));
    }
  }
  return out.collected();
}

async function* linesOf(bytes: AsyncIterable<Uint8Array>, out: RowCollector): AsyncIterable<Line> {
  const pieces = bytes[Symbol.asyncIterator]();
  const first = await pieces.next();
  if (first.done === true) return;
  if (isWide(first.value)) {
    out.mistake(0, "this is UTF-16, as some programs call Unicode text: save the file as CSV UTF-8");
    return;
  }
  const rest: AsyncIterable<Uint8Array> = { [Symbol.asyncIterator]: () => pieces };
  const parser = parserOf(delimiterOf(first.value));
  let told = 0;
  parser.on("skip", (error: CsvError) => {
    // One quote may break a line in several places.
    if (lineOf(error) === told) return;
    told = lineOf(error);
    out.mistake(
      told,
      "a quote is in the wrong place: a value with a quote in it is quoted, its quotes doubled",
    );
  });
  const source = Readable.from(joined(first.value, rest));
  source.on("error", (error) => parser.destroy(error));
  let before = 0;
  for await (const found of source.pipe(parser)) {
    const { record, lines } = recordOf(found);
    yield { cells: record, line: before + 1 };
    before = lines;
  }
}

function parserOf(delimiter: string): Parser {
  return parse({
    bom: true,
    info: true,
    trim: true,
    delimiter,
    record_delimiter: ["\r\n", "\n", "\r"],
    relax_column_count: true,
    skip_records_with_error: true,
  });
}

async function* joined(first: Uint8Array, rest: AsyncIterable<Uint8Array>): AsyncIterable<Uint8Array> {
  yield first;
  yield* rest;
}

/** The first bytes of UTF-16: its mark, or every other byte zero. */
function isWide(bytes: Uint8Array): boolean {
  const [one, two] = bytes;
  return (
    (one === 0xff && two === 0xfe) || (one === 0xfe && two === 0xff) || bytes.subarray(0, 64).includes(0)
  );
}

/** Spreadsheets in half of the world put semicolons between values; the first line tells. */
function delimiterOf(bytes: Uint8Array): string {
  const [line = ""] = new TextDecoder().decode(bytes.subarray(0, 4096)).split(/[\r\n]/, 1);
  return [",", ";", "\t"].find((delimiter) => line.includes(delimiter)) ?? ",";
}

function header(cells: readonly string[], out: RowCollector): readonly (Column | undefined)[] {
  const names = cells.map((cell) => cell.toLowerCase());
  const columns = names.map((name, place) => {
    const known = COLUMNS.find((column) => column === name);
    if (known === undefined && name === "") out.mistake(1, `column ${String(place + 1)} has no name`);
    else if (known === undefined) {
      const meant = nearest(name, COLUMNS);
      const hint = meant === undefined ? "" : `; did you mean ${meant}?`;
      out.mistake(1, `unknown column ${quoted(cells[place] ?? "")}: there are ${COLUMNS.join(", ")}${hint}`);
    } else if (names.indexOf(name) < place) out.mistake(1, `the column ${name} is there twice`);
    return known;
  });
  if (!columns.includes("user") && !columns.includes("email")) {
    out.mistake(
      1,
      "the first line names the columns, and there is neither user nor email: begin with user,roles",
    );
  }
  return columns;
}

function byName(columns: readonly (Column | undefined)[], cells: readonly string[]): Cells {
  const cell = (column: Column): string => plain(cells[columns.indexOf(column)] ?? "");
  return {
    user: cell("user"),
    email: cell("email"),
    roles: cell("roles")
      .split(";")
      .map((role) => plain(role.trim()))
      .filter((role) => role !== ""),
  };
}

/** Without the mark that keeps a spreadsheet from reading a value as a formula, see `./write.ts`. */
function plain(cell: string): string {
  return /^'[=+\-@\t\r＝＋－＠]/.test(cell) ? cell.slice(1) : cell;
}

function recordOf(found: unknown): { record: string[]; lines: number } {
  if (typeof found !== "object" || found === null) return { record: [], lines: 0 };
  const record: unknown = Reflect.get(found, "record");
  const info: unknown = Reflect.get(found, "info");
  const lines: unknown = typeof info === "object" && info !== null ? Reflect.get(info, "lines") : 0;
  return { record: Array.isArray(record) ? record.map(String) : [], lines: Number(lines) };
}

function lineOf(error: CsvError): number {
  return Number(error.lines ?? 0);
}

/** The part of autocannon that is used here; it brings no types. */
declare module "autocannon" {
  export interface Options {
    readonly url: string;
    readonly connections: number;
    /** Seconds. */
    readonly duration: number;
    readonly method?: "GET" | "POST";
    readonly headers?: Readonly<Record<string, string>>;
    readonly body?: string;
    readonly warmup?: { readonly connections: number; readonly duration: number };
  }
  export default function autocannon(options: Options): Promise<unknown>;
}

import { serveStandIn } from "../table/serve.ts";
import { tables } from "./tables.ts";

await serveStandIn(tables);

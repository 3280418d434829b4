import { serve } from "../plugin-kit/index.ts";
import { rosterProvider } from "./provider/index.ts";

await serve((engine) => rosterProvider(engine, "0.1.0"));

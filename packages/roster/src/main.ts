import { serve } from "@ai-api-access/provider-kit";
import { rosterProvider } from "./provider/index.ts";

await serve((engine) => rosterProvider(engine, "0.1.0"));

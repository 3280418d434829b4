import { serve } from "@ai-api-access/provider-kit";
import { RosterProvider } from "./src/provider.ts";

await serve((engine) => new RosterProvider(engine, "0.1.0"));

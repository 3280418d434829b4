import { serve } from "@ai-api-access/provider-kit";
import { RosterProvider } from "./provider.ts";

await serve((engine) => new RosterProvider(engine, "0.1.0"));

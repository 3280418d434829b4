// Loaded before the program (Pulumi.yaml, runtime.options.nodeargs). Node 20 has no compile cache and goes without.
require("node:module").enableCompileCache?.();

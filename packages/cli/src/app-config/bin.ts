/** `npm run app-config`: writes what applications read of the stack's outputs. */
import { appConfig } from "./command.ts";

void appConfig(process.argv.slice(2), {
  print: (text) => process.stdout.write(text),
  say: (line) => {
    console.error(line);
  },
}).then((code) => {
  process.exitCode = code;
});

/** Fires requests at one address from a process of its own, with autocannon. Told what by its first message. */
import autocannon from "autocannon";
import { loadSchema } from "./load.ts";

process.once("message", (message) => {
  const { seconds, warmup, connections, request } = loadSchema.parse(message);
  const { url, method, headers, body } = request;
  const options = {
    url,
    method,
    connections,
    duration: seconds,
    warmup: { connections, duration: warmup },
    ...(headers === undefined ? {} : { headers }),
    ...(body === undefined ? {} : { body }),
  };
  void autocannon(options).then((result) => {
    process.send?.(result, () => {
      process.disconnect();
    });
  });
});

import { afterEach } from "@jest/globals";

interface Closable {
  close(): Promise<void>;
}

/**
 * Gives a function that notes what a test opened. It is closed when the test ends, also when it fails: an open server
 * keeps a run from ending.
 */
export function closing(): <T extends Closable>(thing: T) => T {
  const opened: Closable[] = [];
  afterEach(async () => {
    for (const thing of opened.splice(0).reverse()) await thing.close();
  });
  return (thing) => {
    opened.push(thing);
    return thing;
  };
}

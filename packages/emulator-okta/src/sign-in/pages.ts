import { randomBytes } from "node:crypto";
import { join } from "node:path";
import { Eta } from "eta";
import { HtmlError, htmlReply } from "@ai-api-access/emulator-core";
import type { Reply } from "@ai-api-access/emulator-core";

const eta = new Eta({ views: join(import.meta.dirname, "templates"), cache: true });

interface SignInModel {
  /** Label of the application that the person comes from. */
  readonly application: string;
  readonly company: string;
  /** Id of the request on its way. */
  readonly request: string;
  readonly login: string;
  readonly error: string | undefined;
  readonly people: readonly { readonly login: string; readonly password: string }[];
}

/** The page on which people sign in to the org. */
export function signInPage(status: number, model: SignInModel): Reply {
  return rendered("sign-in", status, `${model.company} - Sign In`, model);
}

/** A refusal that the person at the browser has to see, since there is no application that may be trusted with it. */
export class PageError extends HtmlError {
  override readonly name = "PageError";

  /** @param hint what to do about it */
  constructor(status: number, message: string, hint: string) {
    super(message, rendered("error", status, "Error", { message, hint }));
  }
}

function rendered(template: string, status: number, title: string, content: object): Reply {
  const nonce = randomBytes(16).toString("base64");
  return htmlReply(status, eta.render(template, { ...content, title, nonce }), { nonce });
}

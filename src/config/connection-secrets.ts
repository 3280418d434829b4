/** `connectionSecrets`: what the stack proves itself with to the identity providers of its connections. */
import { z } from "zod";
import { field } from "../components/checks/field.ts";

export const connectionSecrets = field(
  z.record(
    z.string(),
    field(z.string().min(1), {
      wants: "the client secret that the provider gave",
      example: "{ secure: AAABANF0… }",
      got: "a value that is not shown",
    }),
  ),
  {
    wants: "an object of client secrets by the name of their connection, each encrypted",
    example: "{ my-awesome-company-google: { secure: AAABANF0… } }",
    description:
      "Client secrets of `oidc`, `google`, `github` and `strategy`, by the name of their connection: " +
      "`pulumi config set --secret --path connectionSecrets.NAME`",
    leftOut: "no connection has one",
  },
);

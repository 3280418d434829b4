import messages from "@pulumi/pulumi/proto/provider_pb.js";
import type { DiffResponse } from "@pulumi/pulumi/proto/provider_pb.js";
import type { DiffResult, PropertyChange } from "../provider.ts";

/** Writes a diff with all that the engine can use: `detailedDiff`, `diffs`, `replaces` and `stables`. */
export function toDiffResponse(diff: DiffResult): DiffResponse {
  const response = new messages.DiffResponse();
  const { DIFF_NONE, DIFF_SOME } = messages.DiffResponse.DiffChanges;
  response.setChanges(diff.changes.length > 0 ? DIFF_SOME : DIFF_NONE);
  response.setHasdetaileddiff(true);
  response.setDeletebeforereplace(diff.deleteBeforeReplace ?? false);
  response.setDiffsList([...(diff.summary ?? unique(diff.changes.map(topLevel)))]);
  response.setReplacesList(unique(diff.changes.filter((change) => change.replace).map(topLevel)));
  response.setStablesList([...(diff.stable ?? [])]);
  for (const change of diff.changes) {
    const detail = new messages.PropertyDiff();
    detail.setKind(kindOf(change));
    response.getDetaileddiffMap().set(change.path, detail);
  }
  return response;
}

function kindOf(change: PropertyChange) {
  const kinds = messages.PropertyDiff.Kind;
  switch (change.kind) {
    case "add":
      return change.replace ? kinds.ADD_REPLACE : kinds.ADD;
    case "delete":
      return change.replace ? kinds.DELETE_REPLACE : kinds.DELETE;
    case "update":
      return change.replace ? kinds.UPDATE_REPLACE : kinds.UPDATE;
  }
}

/** `options` of `options.passwordPolicy`, `members` of `members["auth0|x"]`; a path that starts with [ as it is. */
function topLevel(change: PropertyChange): string {
  return /^[^.[]+/.exec(change.path)?.[0] ?? change.path;
}

function unique(texts: readonly string[]): string[] {
  return [...new Set(texts)];
}

import { link } from "../render.ts";
import type { OrgRecord } from "../org/record.ts";
import type { GroupRecord } from "./record.ts";

/** A group as Okta answers it. */
export function renderGroup(origin: string, org: OrgRecord, group: GroupRecord) {
  const path = `/api/v1/groups/${group.id}`;
  const logo = (name: string) => ({
    name,
    href: `${origin}/assets/img/logos/groups/odyssey/okta-${name}.png`,
    type: "image/png",
  });
  return {
    ...group,
    objectClass: ["okta:user_group"],
    _links: {
      logo: [logo("medium"), logo("large")],
      ...(org.features.groupOwners ? { owners: link(origin, `${path}/owners`) } : {}),
      users: link(origin, `${path}/users`),
      apps: link(origin, `${path}/apps`),
    },
  };
}

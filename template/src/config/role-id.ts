/** Whether a role is written as Auth0's id of it, which needs no lookup. */
export function isRoleId(role: string): boolean {
  return /^rol_[A-Za-z0-9]+$/.test(role);
}

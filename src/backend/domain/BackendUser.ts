/** Returns the user of a request, or its id. Undefined, null and blank ids mean that the request has none. */
export type FindUser = (
  request: Request,
) => BackendUser | string | null | undefined | Promise<BackendUser | string | null | undefined>;

/** User of a request. */
export interface BackendUser {
  /** Stays the same for all requests of the user. Up to 255 characters. */
  id: string;
  /**
   * True if the user manages what is shared. Assistants that an admin creates are shared, and only admins change shared
   * assistants. Threads and files without an owner belong to all admins.
   * @default false
   */
  isAdmin?: boolean;
}

/**
 * What a slice needs of the `set` it is given: any zustand store's fits, with or without
 * middleware. Only the devtools middleware reads the third argument, the action's name.
 */
export type SetState<Slice> = (
  partial: Partial<Slice>,
  replace?: false,
  actionName?: string,
) => void;

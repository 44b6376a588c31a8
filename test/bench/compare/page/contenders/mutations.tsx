// Requests as TanStack Query has them: mutations, and a hook that counts those in flight. It has no
// jobs on a backend.
import {
  QueryClient,
  QueryClientProvider,
  useIsMutating,
  useMutation,
} from "@tanstack/react-query";
import type { Contender } from "../contender.ts";

const client = new QueryClient({ defaultOptions: { mutations: { networkMode: "always" } } });

function Chip() {
  const count = useIsMutating();
  return (
    <button type="button" className="chip">
      <span>{count > 0 ? "Saving…" : "Idle"}</span>
    </button>
  );
}

/** TanStack Query's mutations and `useIsMutating`. */
export const mutations: Contender = {
  showsRuns: false,
  Page: ({ children }) => (
    <QueryClientProvider client={client}>
      <Chip />
      {children}
    </QueryClientProvider>
  ),
  Sender({ children }) {
    const { mutateAsync } = useMutation({ mutationFn: (send: () => Promise<void>) => send() });
    return children((_, send) => mutateAsync(send));
  },
};

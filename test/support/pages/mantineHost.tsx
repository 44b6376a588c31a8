// A page of a host that has Mantine.
import { Button, Group, MantineProvider } from "@mantine/core";
import type { ReactNode } from "react";

export function MantineHost({ children }: { children: ReactNode }) {
  return (
    <MantineProvider>
      <Group>
        <Button className="kit">Mantine's</Button>
        {children}
      </Group>
    </MantineProvider>
  );
}

import { useMemo } from 'react';
import type { ToolDisplay } from '../../../components/tools/ToolDisplay.js';
import { toFormSchema } from '../../../core/tools/toJsonSchema.js';
import { useConversationState } from '../../../hooks/useConversationState.js';
import { useFollowedRun } from '../../../hooks/useFollowedRun.js';
import { useThreadConversation, useThreadToolCalls } from '../ThreadContext.js';

/** Returns how calls are shown: the tools of the application, and other functions of the followed run. */
export function useToolDisplays(): readonly ToolDisplay[] {
  const { tools } = useThreadToolCalls();
  const { followed } = useConversationState(useThreadConversation());
  const runTools = useFollowedRun(followed, ({ run }) => run?.tools);
  return useMemo(() => {
    const own = tools.map((tool): ToolDisplay => {
      const inputSchema = toFormSchema(tool.inputSchema);
      return { ...tool, inputSchema, outputSchema: toFormSchema(tool.outputSchema) };
    });
    const others = (runTools ?? []).flatMap((tool): ToolDisplay[] => {
      if (tool.type !== 'function' || !tool.function) return [];
      const { name, description, parameters } = tool.function;
      return [{ name, description, inputSchema: parameters }];
    });
    return [...own, ...others];
  }, [tools, runTools]);
}

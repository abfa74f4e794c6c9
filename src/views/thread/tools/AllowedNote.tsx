'use client';
import type { ReactElement } from 'react';
import { Button } from '../../../components/Button.js';
import { useCompleteTexts } from '../../../components/i18n/useTexts.lazy.js';
import { useAllowedTools } from '../../../hooks/useAllowedTools.js';
import { getServerToolName, readServerTool } from '../../../protocol/serverTool.js';
import type { RunStepToolCall } from '../../../protocol/types.js';
import { asPart } from '../../../components/part.js';

/** Says that the calls of a tool are always allowed, with a button that ends it. Renders nothing for other tools. Element: p. */
export function AllowedNote({
  call,
  assistantId,
}: {
  call: RunStepToolCall;
  assistantId: string | null | undefined;
}): ReactElement | null {
  const { tools: texts } = useCompleteTexts();
  const { names, revoke } = useAllowedTools(assistantId);
  const name = getAllowedName(call);
  if (name === undefined || !names.includes(name)) return null;
  return (
    <p {...asPart('allowed-note')}>
      {texts.alwaysAllowed}{' '}
      <Button variant="quiet" onClick={() => revoke(name)}>
        {texts.askAgain}
      </Button>
    </p>
  );
}

function getAllowedName(call: RunStepToolCall): string | undefined {
  if (call.type === 'function') return call.function.name;
  const serverTool = readServerTool(call);
  return serverTool && getServerToolName(serverTool);
}

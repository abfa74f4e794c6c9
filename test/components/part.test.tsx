import { mergeProps, type PartRender } from 'assistants-react';
import { fireEvent, render, screen } from '@testing-library/react';
import { createElement, createRef, type ReactElement, type SyntheticEvent } from 'react';
import { describe, expect, test, vi } from 'vitest';
import { createPart, type PartProps } from '../../src/components/part.js';

interface SwitchState {
  checked: boolean;
  count: number;
  label: string | undefined;
}

interface SwitchProps extends PartProps<'button', SwitchState> {
  onPress?: () => void;
  state?: SwitchState;
}

function Switch({
  onPress,
  state = { checked: true, count: 0, label: undefined },
  ...props
}: SwitchProps): ReactElement | null {
  return createPart(
    {
      tag: 'button',
      name: 'switch',
      state,
      defaultProps: {
        type: 'button',
        className: 'part',
        style: { color: 'red' },
        onClick: onPress,
      },
    },
    props,
  );
}

describe('state', () => {
  test.each([
    [true, ''],
    [false, null],
  ])('is a data attribute without a value if it is %s, or none', (checked, value) => {
    render(<Switch state={{ checked, count: 0, label: undefined }} />);
    expect(screen.getByRole('button').getAttribute('data-checked')).toBe(value);
  });

  test('keeps zero and empty texts, and omits undefined', () => {
    render(<Switch state={{ checked: false, count: 0, label: '' }} />);
    const button = screen.getByRole('button');
    expect(button).toHaveAttribute('data-count', '0');
    expect(button).toHaveAttribute('data-label', '');
    render(<Switch />);
    expect(screen.getAllByRole('button')[1]).not.toHaveAttribute('data-label');
  });

  test('is the second argument of the `render` function', () => {
    const renderSwitch: PartRender<SwitchState> = (props, { checked, count }) => (
      <a href="/" {...props}>{`${checked} ${count}`}</a>
    );
    render(<Switch render={renderSwitch} state={{ checked: true, count: 3, label: 'x' }} />);
    expect(screen.getByRole('link')).toHaveTextContent('true 3');
  });
});

describe('event handlers', () => {
  test('run after the handler of the caller', () => {
    const calls: string[] = [];
    render(<Switch onPress={() => calls.push('part')} onClick={() => calls.push('caller')} />);
    fireEvent.click(screen.getByRole('button'));
    expect(calls).toEqual(['caller', 'part']);
  });

  test('are skipped if the caller calls preventPartHandler', () => {
    const onPress = vi.fn<() => void>();
    render(<Switch onPress={onPress} onClick={(event) => event.preventPartHandler()} />);
    fireEvent.click(screen.getByRole('button'));
    expect(onPress).not.toHaveBeenCalled();
  });

  test('run if the caller prevents the default action of the browser', () => {
    const onPress = vi.fn<() => void>();
    render(<Switch onPress={onPress} onClick={(event) => event.preventDefault()} />);
    expect(fireEvent.click(screen.getByRole('button'))).toBe(false);
    expect(onPress).toHaveBeenCalledOnce();
  });

  test('run for the next event after one was prevented', () => {
    const onPress = vi.fn<() => void>();
    let isFirst = true;
    render(
      <Switch
        onPress={onPress}
        onClick={(event) => {
          if (isFirst) event.preventPartHandler();
          isFirst = false;
        }}
      />,
    );
    fireEvent.click(screen.getByRole('button'));
    fireEvent.click(screen.getByRole('button'));
    expect(onPress).toHaveBeenCalledOnce();
  });

  test('of a parent part run although a child prevents its own', () => {
    const onOuterPress = vi.fn<() => void>();
    const onInnerPress = vi.fn<() => void>();
    const onOuterClick = vi.fn<() => void>();
    render(
      <Switch render={<div />} onPress={onOuterPress} onClick={onOuterClick}>
        <Switch onPress={onInnerPress} onClick={(event) => event.preventPartHandler()} />
      </Switch>,
    );
    fireEvent.click(screen.getByRole('button'));
    expect(onInnerPress).not.toHaveBeenCalled();
    expect(onOuterClick).toHaveBeenCalledOnce();
    expect(onOuterPress).toHaveBeenCalledOnce();
  });

  test('can be prevented by the element of `render`', () => {
    const onPress = vi.fn<() => void>();
    const onClick = (event: SyntheticEvent): void => {
      if ('preventPartHandler' in event && typeof event.preventPartHandler === 'function')
        event.preventPartHandler();
    };
    render(
      <Switch
        onPress={onPress}
        render={
          <a href="/" onClick={onClick}>
            Link
          </a>
        }
      />,
    );
    fireEvent.click(screen.getByRole('link'));
    expect(onPress).not.toHaveBeenCalled();
  });
});

describe('mergeProps', () => {
  test('lets the props of the caller win, except undefined', () => {
    expect(
      mergeProps<object>({ id: 'part', title: 'part' }, { id: 'mine', title: undefined }),
    ).toEqual({ id: 'mine', title: 'part' });
  });

  test('joins class names and merges styles', () => {
    render(<Switch className="mine" style={{ opacity: 0.5 }} />);
    const button = screen.getByRole('button');
    expect(button).toHaveClass('part', 'mine');
    expect(button).toHaveStyle({ color: 'rgb(255, 0, 0)', opacity: '0.5' });
  });

  test('sets both refs, and cleans both up', () => {
    const ref = createRef<HTMLElement>();
    const cleanup = vi.fn<() => void>();
    const refCallback = vi.fn<(node: HTMLElement) => () => void>(() => cleanup);
    const { unmount } = render(
      <Switch ref={ref as never} render={createElement('a', { ref: refCallback, href: '/' })} />,
    );
    const link = screen.getByRole('link');
    expect(ref.current).toBe(link);
    expect(refCallback).toHaveBeenCalledExactlyOnceWith(link);
    unmount();
    expect(ref.current).toBeNull();
    expect(cleanup).toHaveBeenCalledOnce();
  });

  test('passes arguments that are no events to both handlers', () => {
    const calls: unknown[] = [];
    const { onChange } = mergeProps<{ onChange: (value: number) => void }>(
      { onChange: (value) => calls.push(['part', value]) },
      { onChange: (value) => calls.push(['caller', value]) },
    );
    onChange(1);
    expect(calls).toEqual([
      ['caller', 1],
      ['part', 1],
    ]);
  });
});

import { createTheme, defaultVariantColorsResolver, type CSSVariablesResolver, type MantineColorsTuple } from '@mantine/core';

// Shade 7 is the primary of the light theme, shade 3 that of the dark one (theme.css names both).
const primary: MantineColorsTuple = [
  '#eef4fa',
  '#d9e7f4',
  '#b0cfeb',
  '#7fb2e5',
  '#5b95cb',
  '#3f7bb2',
  '#2b6498',
  '#1f4e79',
  '#183e61',
  '#112d47',
];
const ochre: MantineColorsTuple = [
  '#fdf6e9',
  '#f8eedb',
  '#f0d9ae',
  '#e0a84a',
  '#d39a3e',
  '#c58a2e',
  '#be8225',
  '#b7791f',
  '#8a5810',
  '#62400b',
];
// Warm, as the paper; Mantine's own greys are blue.
const gray: MantineColorsTuple = [
  '#faf8f4',
  '#f3f0ea',
  '#ebe7df',
  '#e3ded4',
  '#cfc8bb',
  '#938c80',
  '#79736a',
  '#5b6675',
  '#3a4350',
  '#1b2430',
];
const dark: MantineColorsTuple = [
  '#e9e6df',
  '#cfcfcd',
  '#9aa5b1',
  '#74808e',
  '#2c3440',
  '#252d38',
  '#1c222b',
  '#14181e',
  '#0f1318',
  '#0a0d11',
];

/** A list of choices is scrolled by the arrows of its field. Were it a stop of Tab, it would close as the keyboard came to it, and the keyboard would be nowhere. */
const DIALOG_TITLE = { fontSize: '1.25rem', fontWeight: 600, lineHeight: 1.35, overflowWrap: 'anywhere' } as const;
const NO_STOP = { viewportProps: { tabIndex: -1 } } as const;

const FONT = "'Source Sans 3', 'Noto Sans', system-ui, sans-serif";

/** LOOK's type (14 / 16 / 20 / 28), spaces in steps of 4, radius 8, one shadow for what floats. */
export const theme = createTheme({
  colors: { primary, ochre, gray, dark },
  primaryColor: 'primary',
  primaryShade: { light: 7, dark: 3 },
  white: '#ffffff',
  black: '#1b2430',
  fontFamily: FONT,
  fontSizes: { xs: '0.875rem', sm: '0.875rem', md: '1rem', lg: '1.25rem', xl: '1.75rem' },
  lineHeights: { xs: '1.45', sm: '1.45', md: '1.45', lg: '1.35', xl: '1.25' },
  spacing: { xs: '0.5rem', sm: '0.75rem', md: '1rem', lg: '1.5rem', xl: '2rem' },
  defaultRadius: 'md',
  radius: { xs: '4px', sm: '6px', md: '8px', lg: '8px', xl: '8px' },
  shadows: { xs: 'none', sm: 'var(--shadow)', md: 'var(--shadow)', lg: 'var(--shadow)', xl: 'var(--shadow)' },
  headings: {
    fontFamily: FONT,
    fontWeight: '600',
    textWrap: 'balance',
    sizes: {
      h1: { fontSize: '1.75rem', lineHeight: '1.25' },
      h2: { fontSize: '1.25rem', lineHeight: '1.35' },
      h3: { fontSize: '1rem', lineHeight: '1.45' },
      h4: { fontSize: '1rem', lineHeight: '1.45' },
      h5: { fontSize: '0.875rem', lineHeight: '1.45' },
      h6: { fontSize: '0.875rem', lineHeight: '1.45' },
    },
  },
  respectReducedMotion: true,
  cursorType: 'pointer',
  focusRing: 'auto',
  variantColorResolver: (input) => {
    const resolved = defaultVariantColorsResolver(input);
    if (input.variant === 'filled' && (input.color === undefined || input.color === 'primary')) {
      return { ...resolved, color: 'var(--on-primary)' };
    }
    return resolved;
  },
  // Plain objects: a component named here would be loaded with the first picture.
  components: {
    ...Object.fromEntries(
      ['TextInput', 'Textarea', 'NumberInput', 'DateInput', 'DatePickerInput', 'PasswordInput', 'Radio', 'Switch', 'SegmentedControl'].map(
        (name) => [name, { defaultProps: { size: 'md' } }],
      ),
    ),
    // Enter on the choice that stands would take it away; what may be empty has a button for that.
    Select: { defaultProps: { size: 'md', allowDeselect: false, scrollAreaProps: NO_STOP } },
    MultiSelect: { defaultProps: { size: 'md', scrollAreaProps: NO_STOP } },
    TagsInput: { defaultProps: { size: 'md', scrollAreaProps: NO_STOP } },
    Autocomplete: { defaultProps: { size: 'md', scrollAreaProps: NO_STOP } },
    Checkbox: { defaultProps: { size: 'md', iconColor: 'var(--on-primary)' } },
    Button: { defaultProps: { size: 'md' } },
    Modal: {
      defaultProps: { centered: true, size: 'lg', transitionProps: { duration: 120 }, overlayProps: { backgroundOpacity: 0.4 } },
      styles: {
        title: DIALOG_TITLE,
        header: { alignItems: 'flex-start' },
        // What the keyboard goes to lies under neither the head nor the foot, which stay in sight.
        content: { scrollPaddingBlock: '4rem 7rem' },
      },
    },
    Drawer: { styles: { title: DIALOG_TITLE, header: { alignItems: 'flex-start' } } },
    Menu: { styles: { item: { minHeight: 40, fontSize: '1rem' } } },
    Popover: { defaultProps: { shadow: 'md', transitionProps: { duration: 100 } } },
    Tooltip: {
      defaultProps: {
        openDelay: 400,
        withArrow: true,
        transitionProps: { duration: 100 },
        events: { hover: true, focus: true, touch: false },
      },
    },
  },
});

const SCHEME = {
  '--mantine-color-text': 'var(--ink)',
  '--mantine-color-bright': 'var(--ink)',
  '--mantine-color-body': 'var(--surface)',
  '--mantine-color-dimmed': 'var(--muted)',
  '--mantine-color-placeholder': 'var(--muted)',
  '--mantine-color-anchor': 'var(--primary)',
  '--mantine-color-error': 'var(--absent-text)',
  '--mantine-color-success': 'var(--present-text)',
  '--mantine-color-default': 'var(--surface)',
  '--mantine-color-default-hover': 'var(--paper)',
  '--mantine-color-default-color': 'var(--ink)',
  '--mantine-color-default-border': 'var(--line-mid)',
  '--mantine-color-disabled': 'var(--paper)',
  '--mantine-color-disabled-color': 'var(--muted)',
  '--mantine-color-disabled-border': 'var(--line)',
  '--mantine-primary-color-contrast': 'var(--on-primary)',
  '--mantine-color-primary-light': 'var(--primary-soft)',
  '--mantine-color-primary-light-hover': 'color-mix(in srgb, var(--primary) 18%, var(--surface))',
  '--mantine-color-primary-light-color': 'var(--primary)',
  '--mantine-color-primary-outline': 'var(--primary)',
  '--mantine-color-red-light-color': 'var(--absent-text)',
  '--mantine-color-red-text': 'var(--absent-text)',
  '--mantine-primary-color-light': 'var(--primary-soft)',
  '--mantine-primary-color-light-color': 'var(--primary)',
};

/** Mantine's own variables follow theme.css, so that a colour is named once. */
export const themeVariables: CSSVariablesResolver = () => ({ variables: {}, light: SCHEME, dark: SCHEME });

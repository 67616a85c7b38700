// What the first picture needs of Mantine; the rest comes with the other pages (every-style.ts).
import './layers.css';
import '@mantine/core/styles/baseline.layer.css';
import '@mantine/core/styles/default-css-variables.layer.css';
import '@mantine/core/styles/global.layer.css';
import '@mantine/core/styles/UnstyledButton.layer.css';
import '@mantine/core/styles/Button.layer.css';
import '@mantine/core/styles/Loader.layer.css';
import '../../ui/theme/fonts.css';
import '../../ui/theme/theme.css';

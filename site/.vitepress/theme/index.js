import { h } from 'vue';
import { withBase } from 'vitepress';
import DefaultTheme from 'vitepress/theme';
import './site.css';

const recording = () =>
  h('img', {
    class: 'recording',
    src: withBase('/images/terminal.svg'),
    width: 711,
    height: 232,
    alt: 'A terminal in which an object grows while the model writes it: first the name, letter by letter, then the age',
  });

export default {
  extends: DefaultTheme,
  Layout: () => h(DefaultTheme.Layout, null, { 'home-hero-image': recording }),
};

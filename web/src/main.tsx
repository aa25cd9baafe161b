import { render } from 'preact';
import { App } from './app/App';
import 'uplot/dist/uPlot.min.css';
import './styles/tokens.css';
import './styles/base.css';
import './styles/shell.css';
import './styles/controls.css';
import './styles/figures.css';
import './styles/chart.css';
import './styles/tables.css';
import './styles/finance.css';
import './styles/reference.css';

render(<App />, document.getElementById('app')!);

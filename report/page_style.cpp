#include "report/page_frame.hpp"

namespace vereda::report {

/// Colours: Okabe and Ito's palette for colour-blind readers (jfly.uni-koeln.de/color, 2002) and tints of it; text
/// keeps a contrast of at least 4.5 : 1 on its ground (WCAG 2.1, 1.4.3). Nothing is told by colour alone.
std::string_view page_style() {
    return R"css(
:root{--ink:#17251f;--soft:#55635c;--line:#dcdfd6;--paper:#f8f6f0;--card:#fff;--leaf:#1d5e4c;--tint:#eaf1ec;--focus:#0072b2;
--ready:#0072b2;--conditional:#56b4e9;--not-ready:#e69f00;--unknown:#c9cec9;--coca:#14463a;--poppy:#a1377f;
--serif:"Iowan Old Style","Palatino Linotype",Palatino,"Noto Serif",Georgia,serif;
--sans:system-ui,-apple-system,"Segoe UI",Roboto,"Noto Sans","Liberation Sans",sans-serif}
*{box-sizing:border-box}
html{-webkit-text-size-adjust:100%;scroll-padding-top:1rem}
body{margin:0;background:var(--paper);color:var(--ink);font:1rem/1.55 var(--sans);overflow-wrap:break-word}
.page{display:none}
.switch,.vh{position:absolute;width:1px;height:1px;margin:-1px;padding:0;border:0;overflow:hidden;clip-path:inset(50%);white-space:nowrap}
.shapes{position:absolute}
a{color:var(--leaf);text-underline-offset:.18em}
a:focus-visible,summary:focus-visible,.scroll:focus-visible{outline:3px solid var(--focus);outline-offset:2px;border-radius:3px}
.skip{position:absolute;left:-999rem;background:var(--ink);color:#fff;padding:.6rem 1rem;z-index:3}
.skip:focus{left:1rem;top:1rem}
.languages{position:absolute;top:1.1rem;right:clamp(1rem,4vw,3.5rem);display:flex;border:1px solid var(--line);border-radius:999px;background:var(--card);overflow:hidden;z-index:2}
.languages label{padding:.35rem .9rem;font-size:.875rem;cursor:pointer}
.top,main,footer{max-width:74rem;margin:0 auto;padding:0 clamp(1rem,4vw,3.5rem)}
.top{padding-top:1.2rem}
.mark{margin:0 11rem 2.4rem 0;font-size:.8125rem;line-height:1.45;color:var(--soft)}
.mark strong{display:inline-block;background:#8a2f06;color:#fff;letter-spacing:.09em;padding:.1rem .55rem;border-radius:3px;margin-right:.45rem}
.public .mark strong{background:var(--leaf)}
.brand{margin:0;font:italic 1.125rem/1 var(--serif);color:var(--leaf)}
h1,h2{font-family:var(--serif);font-weight:600;line-height:1.15;text-wrap:balance}
h1{font-size:clamp(2rem,5.2vw,3.4rem);margin:.4rem 0 .6rem;letter-spacing:-.01em}
h2{font-size:clamp(1.5rem,3vw,2.05rem);margin:0 0 .7rem}
h3{font-size:1.0625rem;line-height:1.35;margin:1.6rem 0 .4rem}
.lede{font-size:1.0625rem;color:var(--soft);max-width:46rem;margin:0 0 1.6rem}
nav ul{display:flex;flex-wrap:wrap;gap:.2rem 1.3rem;list-style:none;margin:0;padding:.8rem 0;border-top:1px solid var(--line);border-bottom:1px solid var(--line)}
nav a{text-decoration:none;font-size:.9375rem;line-height:1.9}
nav a:hover{text-decoration:underline}
section{padding:3.4rem 0 .4rem}
.answers{padding-top:2.4rem}
.cards{list-style:none;margin:0;padding:0;display:grid;gap:1rem;grid-template-columns:repeat(auto-fit,minmax(min(100%,25rem),1fr))}
.card{background:var(--card);border:1px solid var(--line);border-radius:10px;padding:1.3rem 1.5rem 1rem;display:flex;flex-direction:column}
.card h3{margin:0 0 .5rem;font-size:.875rem;font-weight:600;color:var(--leaf)}
.answer{font:1.1875rem/1.5 var(--serif);margin:0 0 .8rem;max-width:46rem}
section>.answer{margin-bottom:1.5rem}
.unanswered,.unanswered .answer{color:var(--soft)}
.limits{font-size:.875rem;line-height:1.5;color:var(--soft);margin:0 0 .6rem}
.limits strong{color:var(--ink);font-weight:600}
.beside{font:1.0625rem/1.5 var(--serif);max-width:46rem;margin:-.5rem 0 1.4rem;padding-left:1rem;border-left:4px solid var(--poppy)}
.step{font-size:.8125rem;letter-spacing:.05em;text-transform:uppercase;color:var(--soft);margin:1.8rem 0 .7rem}
.method{max-width:58rem;border-top:1px solid var(--line);margin-top:1.2rem}.method p{margin:.3rem 0 .6rem;font-size:.9375rem}
.whole{font-size:.8125rem;color:var(--soft);margin:-.7rem 0 1.2rem}.on-paper{display:none}
.more{margin:auto 0 0;font-size:.875rem}
.promise{border-left:4px solid var(--leaf);background:var(--tint);margin:1.2rem 0;padding:.7rem 1rem;border-radius:0 6px 6px 0;max-width:58rem}
.note,.key,.sources{font-size:.875rem;line-height:1.5;color:var(--soft);max-width:58rem;margin:.6rem 0}
.soft{color:var(--soft);font-size:.875em;font-weight:400;white-space:nowrap}
.unknown{color:#5d655f;font-style:italic;background:repeating-linear-gradient(135deg,#eceeea 0 4px,#f7f8f5 4px 8px);padding:.05rem .4rem;border-radius:3px;white-space:nowrap}
figure{margin:0;background:var(--card);border:1px solid var(--line);border-radius:10px;padding:1.1rem 1.2rem .7rem;min-width:0}
figure.wide{margin-bottom:1.4rem}
figcaption{font-weight:600;font-size:.9375rem;line-height:1.4;margin-bottom:.6rem}
.figures{display:grid;gap:1.2rem;grid-template-columns:repeat(auto-fit,minmax(min(100%,26rem),1fr));margin:0 0 1.4rem;align-items:start}
.figures>:only-child{max-width:37rem}
.scroll{position:relative;overflow-x:auto;background:var(--card);border:1px solid var(--line);border-radius:10px;margin:0 0 1.2rem}
table{border-collapse:collapse;width:100%;font-size:.875rem;line-height:1.4}
caption{caption-side:top;text-align:left;font-weight:600;font-size:.9375rem;padding:.9rem 1rem .5rem}
caption span{position:sticky;left:1rem;display:inline-block;max-width:min(44rem,calc(100vw - 5rem))}
th,td{padding:.42rem .8rem;text-align:left;vertical-align:top;border-top:1px solid #eceee8}
thead th{color:var(--soft);font-weight:600;vertical-align:bottom;border-top:0;border-bottom:2px solid var(--line)}
tbody th{font-weight:600}
.numbers td,.numbers thead th:not(:first-child){text-align:right;font-variant-numeric:tabular-nums}
.numbers td{white-space:nowrap}
.welfare thead th{min-width:6.2rem}
.matrix th,.matrix td{white-space:nowrap;vertical-align:middle}
.matrix tbody th,.welfare tbody th,.compact tbody th{position:sticky;left:0;background:var(--card);white-space:normal;min-width:8rem;max-width:13rem}
.upright{writing-mode:vertical-rl;transform:rotate(180deg);white-space:normal;max-height:10.5rem;line-height:1.2;font-size:.8125rem}
.matrix thead th{padding-left:.45rem;padding-right:.45rem}
.prose td{min-width:7rem}.reasons td:nth-child(3){width:46%}.reasons td:last-child{width:22%}
abbr{text-decoration:none}
details{margin:0 0 .8rem}
summary{cursor:pointer;color:var(--leaf);font-weight:600;padding:.35rem 0;font-size:.9375rem}
details[open]>summary{margin-bottom:.5rem}
.badge{display:inline-block;border-radius:4px;padding:.1rem .5rem;font-size:.8125rem;font-weight:600;white-space:nowrap;border:1px solid transparent}
.badge.READY{background:#0068a3;color:#fff}.badge.CONDITIONAL{background:#cfe8f8;color:#0b3a57;border-color:#56b4e9}
.badge.NOT_READY{background:#fbe3b4;color:#573c00;border-color:#e69f00}.badge.INSUFFICIENT_DATA{background:#eceeea;color:#414a45;border-color:#9aa39d}
.gate{display:inline-grid;place-items:center;width:1.7rem;height:1.7rem;border-radius:5px;font-weight:700;border:1px solid transparent}
.gate.pass{background:#dcebf6;color:#004b77}.gate.fail{background:#fbe3b4;color:#6b2a00;border-color:#d55e00}.gate.unknown{background:repeating-linear-gradient(135deg,#e4e7e2 0 3px,#f5f6f3 3px 6px);color:#414a45;border-color:#b4bab5}
.interval{position:relative;display:inline-block;vertical-align:middle;width:8rem;height:1rem;margin-right:.7rem;background:linear-gradient(#e3e6df,#e3e6df) 0 50%/100% 2px no-repeat}
.interval .band{position:absolute;top:.3rem;height:.4rem;background:#8fb9d6;border-radius:3px;min-width:2px}
.interval .dot{position:absolute;top:.2rem;width:.6rem;height:.6rem;margin-left:-.3rem;border-radius:50%;background:var(--ink)}
.interval .limit{position:absolute;top:0;height:1rem;border-left:2px dashed #8a2f06}
.bars{list-style:none;margin:0;padding:0;display:grid;gap:.7rem}
.bars li{display:grid;grid-template-columns:minmax(7rem,11rem) minmax(5rem,1fr) 6.5rem;gap:.2rem 1rem;align-items:center;font-size:.875rem;line-height:1.35}
.wide .bars li{grid-template-columns:minmax(8rem,13rem) 1fr 21rem}
.bar-text{font-variant-numeric:tabular-nums;color:var(--soft)}
.track{position:relative;height:1.15rem;background:#eceee8;border-radius:3px;overflow:hidden}
.track span{position:absolute;left:0;top:0;bottom:0}
.track .promised,.chip.promised{background:repeating-linear-gradient(135deg,#cfe0ea 0 4px,#e6eff5 4px 8px)}
.track .delivered,.chip.delivered{background:#56b4e9}
.track .confirmed,.chip.confirmed{background:#005f94}
.chip{display:inline-block;width:1.1rem;height:.75rem;border-radius:2px;margin-right:.4rem}
.v-compliant{background:#0072b2;color:#0072b2}.v-within_error{background:#56b4e9;color:#2f8dc4}.v-exceeds{background:#d55e00;color:#c35500}
.v-not_testable{background:repeating-linear-gradient(135deg,#aab1ac 0 4px,#d6dad6 4px 8px);color:#868e88}.v-no_rule{background:#c9cec9;color:#868e88}
.trend{font-size:.8em}.trend.better{color:#005f94}.trend.worse{color:#b04a00}.trend.same{color:var(--soft)}
.plain{list-style:none;margin:0;padding:0;display:grid;gap:.25rem}.plain .gate{width:1.3rem;height:1.3rem;font-size:.75rem;border-radius:4px}
.hash{font-size:.75rem;word-break:break-all}
footer{padding-top:2.5rem;padding-bottom:3rem;font-size:.875rem;color:var(--soft)}
.chart{display:block;width:100%;height:auto}
.chart text{font:14px var(--sans);fill:var(--soft)}
.chart .tick{text-anchor:end;font-size:13px}.chart .year,.chart .below{text-anchor:middle}.chart .year{fill:var(--ink)}.chart .below{font-size:12px}
.grid{stroke:#e6e8e1}.base{stroke:#8b958f}.whisker{stroke:var(--ink);stroke-width:1.6;fill:none}
.column.coca,.plot.coca{fill:var(--coca)}.column.poppy,.plot.poppy{fill:var(--poppy)}
.column.begun{fill-opacity:.5}
.unseen-column{fill:#d9ddd7;stroke:#87918b;stroke-dasharray:3 3}
.lag0{fill:#7a2e00}.lag1{fill:#b24a05}.lag2{fill:#d9691f}.lag3{fill:#ec9457}.lag4{fill:#f4b98d}.lag5{fill:#fadcc5}
.not-crop{fill:#b9bfae}.associated{fill:#d9a05b}.other-mechanism{fill:#8d9aa5}
.column{stroke:#fff;stroke-width:.7}
.limit-line{stroke:#8a2f06;stroke-width:2;stroke-dasharray:6 4}.chart .limit-text{fill:#8a2f06;font-size:13px}
.chart g path{stroke:currentColor;stroke-width:1.1;opacity:.75}.chart g circle{fill:currentColor}.chart g{background:none}
.chart-legend,.legend ul{list-style:none;margin:.5rem 0 .3rem;padding:0;display:flex;flex-wrap:wrap;gap:.3rem 1.1rem;font-size:.8125rem;line-height:1.4}
.swatch{width:1.35rem;height:.9rem;margin-right:.4rem;vertical-align:-.1rem;border-radius:2px}
.swatch text{font:700 300px var(--sans);text-anchor:middle;fill:var(--ink)}
.map{display:grid;grid-template-columns:minmax(0,1fr) 14.5rem;gap:1rem 1.6rem;background:var(--card);border:1px solid var(--line);border-radius:10px;padding:1.1rem 1.2rem}
.controls{grid-column:1/-1;display:flex;flex-wrap:wrap;gap:.6rem 2rem}
.segmented{display:flex;flex-wrap:wrap;align-items:center;gap:.25rem}
.segmented label{border:1px solid var(--line);border-radius:5px;padding:.25rem .65rem;font-size:.875rem;cursor:pointer;background:var(--paper)}
.legend-title{font-size:.8125rem;font-weight:600;margin:0 .5rem 0 0;color:var(--soft)}
.legend ul{flex-direction:column;margin-bottom:1.1rem}
.drawing{width:100%;height:auto;max-height:88vh;display:block;background:#fdfcf9;border-radius:6px}
.drawing .y{display:none}
.c-readiness:checked~.controls label[for$=theme-readiness],.c-density:checked~.controls label[for$=theme-density]{background:var(--ink);color:#fff}
.c-readiness:focus-visible~.controls label[for$=theme-readiness],.c-density:focus-visible~.controls label[for$=theme-density]{outline:3px solid var(--focus)}
.c-readiness:checked~.drawing .t-density,.c-readiness:checked~.legend .t-density,.c-density:checked~.drawing .t-readiness,.c-density:checked~.legend .t-readiness{display:none!important}
.only-density .t-readiness{display:none}
.s-ready{fill:#6fb1dc}.s-conditional{fill:#c9e4f6}.s-not-ready{fill:#f7d58f}.s-insufficient{fill:url(#p-unknown)}.s-none{fill:#f3f1ea}
.d0{fill:#f4f1e6}.d1{fill:#dfe8cf}.d2{fill:#bcd7b4}.d3{fill:#8fc0a0}.d4{fill:#5a9f8a}.d5{fill:#2c7a70}.d-unseen{fill:#e3e5e1}.d-untold{fill:#fbfaf6}
.swatch rect{stroke:#87918b;stroke-width:14}
.borders use{fill:none;stroke:#5f6b65;stroke-width:14;stroke-linejoin:round}
.hit use{fill:#000;fill-opacity:0;cursor:help}.hit use:hover{fill-opacity:.08}
.plot{stroke-width:26;stroke-linejoin:round;stroke-linecap:round}.plot.coca{stroke:var(--coca)}.plot.poppy{stroke:var(--poppy)}
.plot.dot{stroke-width:60;fill:none}.swatch .plot{stroke-width:20}
.event{fill:#fff;stroke:#000;stroke-width:30;stroke-linejoin:round}.swatch .event{stroke-width:42}
.unseen{fill:url(#p-unseen);opacity:.5}.swatch .unseen{opacity:1}
.z-park{fill:url(#p-park);fill-opacity:.4;stroke:#2f6b4f;stroke-width:34;stroke-dasharray:120 60}
.z-people{fill:url(#p-people);fill-opacity:.4;stroke:#7a5230;stroke-width:34;stroke-dasharray:40 50}
.z-other{fill:url(#p-zone);fill-opacity:.5;stroke:#4a5560;stroke-width:28;stroke-dasharray:200 50}
.swatch .z-park,.swatch .z-people,.swatch .z-other{fill-opacity:.8}
.symbols text{font:700 250px var(--sans);text-anchor:middle;fill:var(--ink);stroke:#fff;stroke-width:60;paint-order:stroke;stroke-linejoin:round}
.scale path{fill:none;stroke:var(--ink);stroke-width:26}.scale .north{fill:var(--ink);stroke:none}
.scale text{font:600 220px var(--sans);text-anchor:middle;fill:var(--ink)}
@media(max-width:52rem){.map{grid-template-columns:minmax(0,1fr);padding:.9rem}.legend{display:grid;grid-template-columns:repeat(auto-fit,minmax(9rem,1fr));gap:0 1rem}
.symbols text{font-size:330px}.scale text{font-size:320px}}
@media(max-width:40rem){section{padding-top:2.4rem}.mark{margin:2.6rem 0 1.6rem}.card{padding:1.1rem 1.1rem .8rem}.answer{font-size:1.0938rem}
.bars li,.wide .bars li{grid-template-columns:1fr}.bar-text{margin-bottom:.35rem}figure{padding:.9rem .8rem .5rem}.interval{width:5.5rem}.chart text{font-size:16px}.chart .tick,.chart .below{font-size:15px}
.matrix tbody th,.welfare tbody th,.compact tbody th{min-width:6.2rem;max-width:7.5rem}}
)css";
}

std::string_view print_style() {
    return R"css(
@page{size:A4;margin:19mm 15mm 17mm;@bottom-right{content:counter(page) " / " counter(pages);font:9pt sans-serif;color:#55635c}}
@media print{
html{font-size:9.2pt}body{background:#fff}
.languages,nav,.skip,.more,.controls .segmented:nth-child(2){display:none}
.top,main,footer{max-width:none;padding:0}.mark{margin:0 0 1.4rem}
section{padding-top:1.6rem}
h2,h3,figcaption,caption{break-after:avoid}
.card,figure,.promise,.limits,.answer,.beside,tr{break-inside:avoid}h2,.answer,.beside,.step{break-after:avoid}
details,tr.beyond,li.beyond{display:none}.on-paper{display:block}span.on-paper{display:inline}.whole{margin:-.4rem 0 .7rem}
.step{margin:.9rem 0 .4rem}.beside,.answer{max-width:none}.beside{font-size:1rem;margin-bottom:.9rem}.method{max-width:none;margin-top:.5rem}.method p{font-size:.9rem;line-height:1.4}
.cards{grid-template-columns:1fr 1fr;gap:.6rem}.card{padding:.75rem .95rem .4rem}.card .answer{font-size:1.0rem;line-height:1.4;margin-bottom:.5rem}.limits{font-size:.8rem;line-height:1.4}
.answers{padding-top:1rem}.wide .bars li{grid-template-columns:10rem 1fr 21rem;font-size:.8rem}.matrix .soft{white-space:nowrap}
.map{grid-template-columns:minmax(0,1fr) 42mm;break-inside:avoid}.drawing{max-height:112mm}
.figures{grid-template-columns:1fr 1fr}
.scroll{overflow:visible;border-color:#b9c0ba;margin-bottom:.7rem}
table{font-size:8.2pt}th,td{padding:.28rem .45rem}.compact,.welfare{font-size:6.6pt}.compact td,.welfare td,.soft{white-space:normal}.welfare thead th{min-width:0}
.compact th,.compact td,.welfare th,.welfare td{padding:.22rem .25rem}.welfare thead th{hyphens:auto}
.matrix tbody th,.welfare tbody th,.compact tbody th{position:static;min-width:0;max-width:none}
.reasons tr{break-inside:auto}.reasons li{break-inside:avoid}.interval{width:16mm;margin-right:.3rem}.matrix td:last-child{white-space:nowrap}.matrix td,.matrix th{padding:.16rem .3rem}.upright{max-height:34mm}.gate{width:1.35rem;height:1.35rem}
thead{display:table-header-group}
*{-webkit-print-color-adjust:exact;print-color-adjust:exact}
}
)css";
}

}  // namespace vereda::report

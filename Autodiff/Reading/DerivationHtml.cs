using System.Net;

namespace AutoDiffAE.Reading;

/// <summary>
/// A derivation as one page that needs nothing else: what is computed on the left, the steps back on the right, a slider that plays them, and for each value a
/// link to the step that differentiates it. It is read by keyboard, in light and dark, on paper and on a telephone.
/// </summary>
public static class DerivationHtml
{
    public static IEnumerable<string> Lines(Derivation derivation)
    {
        var title = $"The gradient of {derivation.Names[derivation.Cost]} with respect to {string.Join(", ", derivation.Gradients.Select(g => g.Name))}";
        yield return "<!DOCTYPE html>";
        yield return "<html lang=\"en\">";
        yield return $"<head><meta charset=\"utf-8\"><meta name=\"viewport\" content=\"width=device-width, initial-scale=1\"><title>{Text(title)}</title>";
        yield return $"<style>{Style}</style></head>";
        yield return $"<body><h1>{Text(title)}</h1>";
        yield return $"<p class=\"play\"><label for=\"at\">steps</label> <button type=\"button\" id=\"back\">back</button> <input type=\"range\" id=\"at\" min=\"0\" max=\"{derivation.Steps.Length}\" value=\"{derivation.Steps.Length}\"> <button type=\"button\" id=\"on\">on</button> <output id=\"shown\" for=\"at\">{derivation.Steps.Length}</output> of {derivation.Steps.Length}</p>";
        yield return "<main><section aria-label=\"what is computed\"><h2>Forward</h2><ol class=\"forward\">";
        var stepOf = derivation.Steps.Select((s, i) => (s.Step.Node, Number: i + 1)).ToDictionary(s => s.Node, s => s.Number);
        foreach (var line in derivation.Forward)
            yield return $"<li id=\"value-{Text(line.Name)}\"{(stepOf.TryGetValue(line.Node, out var number) ? $" data-step=\"{number}\"" : "")}><code>{Text(line.Name)} = {Text(line.Formula)}</code> <span class=\"shape\">{Text($"{line.Shape}")}</span>{(number > 0 ? $" <a href=\"#step-{number}\">step {number}</a>" : "")}</li>";
        yield return "</ol></section>";
        yield return "<section aria-label=\"the steps back\"><h2>Backward</h2><ol class=\"backward\">";
        foreach (var (step, i) in derivation.Steps.Select((s, i) => (s, i + 1)))
        {
            yield return $"<li id=\"step-{i}\" data-step=\"{i}\"><details open><summary><code>{Text(step.Line)}</code> <span class=\"rule\">{Text(step.Rule)}</span></summary>";
            yield return $"<p class=\"statement\">{Text(step.Statement)}</p>";
            foreach (var equation in step.Equations) yield return $"<p class=\"equation\"><code>{Text($"{equation}")}</code> <span class=\"shape\">{Text($"{equation.Shape}")}</span></p>";
            foreach (var note in step.Notes) yield return $"<p class=\"note\">{Text(note)}</p>";
            yield return "</details></li>";
        }
        yield return "</ol></section></main>";
        foreach (var gradient in derivation.Gradients)
        {
            yield return $"<section class=\"result\"><h2>∂{Text(derivation.Names[derivation.Cost])}/∂{Text(gradient.Name)} <span class=\"shape\">{Text($"{gradient.Variable.Shape}")}</span></h2><pre>{Text(gradient.Formula)}</pre>";
            if (gradient.Laws.Count > 0) yield return $"<p>simplified by</p><ul>{string.Concat(gradient.Laws.GroupBy(l => l.Rewrite).Select(l => $"<li>{Text(l.Key.Law)} <span class=\"rule\">{Text(l.Key.Name)}{(l.Count() > 1 ? $", {l.Count()} times" : "")}</span></li>"))}</ul>";
            yield return "</section>";
        }
        yield return $"<script>{Script}</script></body></html>";
    }

    private static string Text(string text) => WebUtility.HtmlEncode(text);

    private const string Style = """
        :root{color-scheme:light dark;--ink:#1b1b1f;--paper:#fff;--soft:#5c6070;--line:#d9dbe3;--mark:#0b57d0;--lit:#eef3fe}
        @media(prefers-color-scheme:dark){:root{--ink:#e6e6ea;--paper:#16171b;--soft:#a0a4b4;--line:#34363f;--mark:#8ab4f8;--lit:#1f2a40}}
        body{font:1rem/1.5 system-ui,sans-serif;color:var(--ink);background:var(--paper);margin:0 auto;max-width:80rem;padding:1rem}
        h1{font-size:1.3rem}h2{font-size:1.05rem}
        main{display:grid;grid-template-columns:1fr 1fr;gap:2rem}@media(max-width:50rem){main{grid-template-columns:1fr;gap:0}}
        section{min-width:0}ol{padding-left:2rem}li{margin:.5rem 0;padding:.2rem .4rem;border-left:3px solid transparent}
        code,pre{font:.92rem/1.5 ui-monospace,monospace;overflow-wrap:anywhere;white-space:pre-wrap}
        .shape,.rule,.statement{color:var(--soft);font-size:.9rem}.rule{font-style:italic}.note{border-left:3px solid var(--line);padding-left:.6rem;font-size:.9rem}
        p{margin:.2rem 0}a{color:var(--mark)}summary{cursor:pointer}
        li.now{border-left-color:var(--mark);background:var(--lit)}li.later{opacity:.35}
        .play{position:sticky;top:0;background:var(--paper);padding:.4rem 0;border-bottom:1px solid var(--line);display:flex;flex-wrap:wrap;gap:.6rem;align-items:center}
        input[type=range]{flex:1 1 8rem;min-width:6rem}button{font:inherit}
        .result pre{background:var(--lit);padding:.6rem;border-radius:.3rem}
        @media print{.play{display:none}li.later{opacity:1}li.now{background:none}main{display:block}}
        """;

    private const string Script = """
        const at=document.getElementById('at'),shown=document.getElementById('shown'),steps=[...document.querySelectorAll('.backward>li')],values=[...document.querySelectorAll('.forward>li')];
        function show(scroll){const n=+at.value;shown.value=n;
        steps.forEach((s,i)=>{s.classList.toggle('later',i>=n);s.classList.toggle('now',i===n-1&&n<steps.length)});
        values.forEach(v=>v.classList.toggle('now',+v.dataset.step===n&&n<steps.length));
        if(scroll&&n>0)steps[n-1].scrollIntoView({block:'nearest'})}
        function move(by){at.value=+at.value+by;show(true)}
        at.addEventListener('input',()=>show(true));document.getElementById('back').onclick=()=>move(-1);document.getElementById('on').onclick=()=>move(1);
        values.forEach(v=>v.addEventListener('click',()=>{if(v.dataset.step){at.value=v.dataset.step;show(true)}}));
        steps.forEach((s,i)=>s.querySelector('summary').addEventListener('focus',()=>{at.value=i+1;show(false)}));
        document.addEventListener('keydown',e=>{if(e.target.tagName==='INPUT')return;if(e.key==='ArrowRight'||e.key==='n')move(1);if(e.key==='ArrowLeft'||e.key==='p')move(-1)});
        show(false);
        """;
}

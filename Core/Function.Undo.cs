namespace AutoDiffAE;

public sealed partial class Function<T>
{
    private bool _undoable;

    /// <summary>
    /// Takes the updates of the last call back: its memory for next values has the old ones until the next call writes over them. So nothing has to be kept
    /// for it.
    /// </summary>
    /// <returns>False, and nothing is changed, where there was no call since, or one of the variables has been given another value.</returns>
    public bool Undo()
    {
        lock (_store.Gate)
        {
            if (!_undoable || _computation.Updates.Where((u, i) => _store.Find(u.Variable) != _committed[i]).Any()) return false;
            Commit();
            _undoable = false;
            return true;
        }
    }

    /// <summary>All next values take their variables' places at once.</summary>
    private void Commit()
    {
        for (var i = 0; i < _next.Length; i++)
        {
            _committed[i] = _next[i];
            _next[i] = _store.Exchange(_computation.Updates[i].Variable, _next[i]);
        }
    }
}

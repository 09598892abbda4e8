# Completions of onrecord for fish: `onrecord completions fish > ~/.config/fish/completions/onrecord.fish`
function __onrecord_complete
    set -l words (commandline --current-process --tokenize --cut-at-cursor)
    set -l at (count $words)
    onrecord __complete $at -- $words (string unescape -- (commandline --current-token)) 2>/dev/null
end
complete --command onrecord --arguments '(__onrecord_complete)'

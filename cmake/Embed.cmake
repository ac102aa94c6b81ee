# Run at build time: writes the C file behind src/cmd/scripts.h, which holds the
# files of completions/. Wants FOLDER, where they are, and OUT.
function(embed name file)
	file(READ ${FOLDER}/${file} bytes HEX)
	string(REGEX REPLACE "(..)" "0x\\1," bytes "${bytes}")
	file(APPEND ${OUT} "static const char ${name}[] = {${bytes} 0};\n")
endfunction()

file(WRITE ${OUT} "#include \"scripts.h\"\n#include <stddef.h>\n")
embed(bash gita.bash)
embed(bash_gcd gcd.bash)
embed(zsh _gita)
embed(zsh_gcd gcd.zsh)
embed(fish gita.fish)
embed(fish_gcd gcd.fish)
file(APPEND ${OUT} "const struct scripts scripts[] = {
	{\"bash\", {bash, bash_gcd}},
	{\"zsh\", {zsh, zsh_gcd}},
	{\"fish\", {fish, fish_gcd}},
	{NULL, {NULL, NULL}},
};
")

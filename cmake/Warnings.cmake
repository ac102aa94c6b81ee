# gita_warnings: what every target of the project is compiled with, and nothing
# that a dependency would have to see. Warnings end a developer's build; a user
# with a newer compiler only reads them.
add_library(gita_warnings INTERFACE)
target_compile_options(gita_warnings INTERFACE
	-Wall -Wextra -Wpedantic -Wshadow -Wformat=2 -Wundef -Wstrict-prototypes
	-Wmissing-prototypes -Wold-style-definition -Wpointer-arith -Wcast-qual
	-Wwrite-strings -Wvla -Wimplicit-fallthrough -Wnull-dereference)
# gcc also warns of paths that only the checks of its sanitizers make.
if(GITA_DEVELOPER AND NOT GITA_SANITIZE)
	target_compile_options(gita_warnings INTERFACE -Werror)
endif()
if(GITA_SANITIZE)
	target_compile_options(gita_warnings INTERFACE
		-fsanitize=${GITA_SANITIZE} -fno-omit-frame-pointer)
	target_link_options(gita_warnings INTERFACE -fsanitize=${GITA_SANITIZE})
endif()

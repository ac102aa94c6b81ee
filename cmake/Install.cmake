# Where things go: the program, its manual pages, and each shell's completion
# at the place where that shell looks by itself.
install(TARGETS gita RUNTIME DESTINATION ${CMAKE_INSTALL_BINDIR})
install(FILES docs/gita.1 DESTINATION ${CMAKE_INSTALL_MANDIR}/man1)
install(FILES docs/gita.5 DESTINATION ${CMAKE_INSTALL_MANDIR}/man5)
install(FILES README.md DESTINATION ${CMAKE_INSTALL_DOCDIR})
install(FILES LICENSE DESTINATION ${CMAKE_INSTALL_DOCDIR} RENAME copyright)

install(FILES completions/gita.bash
	DESTINATION ${CMAKE_INSTALL_DATADIR}/bash-completion/completions RENAME gita)
install(FILES completions/gita.fish
	DESTINATION ${CMAKE_INSTALL_DATADIR}/fish/vendor_completions.d)
# Debian's zsh looks for what packages bring in a folder of its own. Only at
# install time is it known whether this becomes a package's /usr.
install(CODE [[
	set(GITA_ZSH_FOLDER site-functions)
	if(EXISTS /etc/debian_version AND CMAKE_INSTALL_PREFIX MATCHES "/usr$")
		set(GITA_ZSH_FOLDER vendor-completions)
	endif()
]])
install(FILES completions/_gita
	DESTINATION "${CMAKE_INSTALL_DATADIR}/zsh/\${GITA_ZSH_FOLDER}")

# `cpack` makes a Debian package. Its dependencies are read from the binary;
# what it runs (git) or loads later is not seen there.
set(GITA_MAINTAINER "The gita authors <gita@example.org>" CACHE STRING
	"Who answers for the package, NAME <ADDRESS>")
set(CPACK_GENERATOR DEB)
set(CPACK_STRIP_FILES ON)
set(CPACK_PACKAGING_INSTALL_PREFIX /usr)
set(CPACK_PRE_BUILD_SCRIPTS ${CMAKE_CURRENT_LIST_DIR}/Compress.cmake)
set(CPACK_DEBIAN_FILE_NAME DEB-DEFAULT)
set(CPACK_DEBIAN_PACKAGE_MAINTAINER ${GITA_MAINTAINER})
set(CPACK_DEBIAN_PACKAGE_SECTION vcs)
set(CPACK_DEBIAN_PACKAGE_PRIORITY optional)
set(CPACK_DEBIAN_PACKAGE_SHLIBDEPS ON)
set(CPACK_DEBIAN_PACKAGE_DEPENDS "git (>= 1:2.25)")
find_program(GITA_DPKG_QUERY dpkg-query)
foreach(late IN ITEMS ${LIBGIT2_LATE} ${CURSES_LATE})
	set(owner "")
	if(GITA_DPKG_QUERY)
		execute_process(COMMAND ${GITA_DPKG_QUERY} -S ${late}
			OUTPUT_VARIABLE owner ERROR_QUIET)
	endif()
	if(owner MATCHES "^([^:]+):")
		string(APPEND CPACK_DEBIAN_PACKAGE_DEPENDS ", ${CMAKE_MATCH_1}")
	endif()
endforeach()
set(CPACK_DEBIAN_PACKAGE_CONTROL_STRICT_PERMISSION ON)
set(CPACK_DEBIAN_PACKAGE_DESCRIPTION
	"gita shows the state of many git repositories side by side: branch, changes,
distance to upstream, last commit. And it runs git commands, aliases and shell
commands over many repositories at the same time, without ever mixing their
output.
.
It works on the files of the Python tool of the same name and can take its
place without migration.")
include(CPack)

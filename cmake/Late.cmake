# gita_late(TARGET VARIABLE FILE): a library that the program loads when it needs
# it (base/late.h) rather than at every start. Where the name by which the dynamic
# linker knows FILE can be read from it, and it is found in a folder of the system,
# VARIABLE is that name, and a definition for the sources too. Else it is empty,
# and the library, the pkg-config target TARGET, is linked. gita_TARGET is what a
# layer links.
function(gita_late target variable file)
	set(name "")
	if(CMAKE_OBJDUMP AND CMAKE_EXECUTABLE_FORMAT STREQUAL "ELF" AND file MATCHES "\\.so$")
		get_filename_component(folder ${file} DIRECTORY)
		# It may be a script for the linker, which names the library itself first.
		file(STRINGS ${file} script REGEX "^INPUT\\(")
		if(script MATCHES "^INPUT\\(([^ )]+)")
			set(file ${folder}/${CMAKE_MATCH_1})
		endif()
		execute_process(COMMAND ${CMAKE_OBJDUMP} -p ${file}
			OUTPUT_VARIABLE dump ERROR_QUIET)
		if(folder IN_LIST CMAKE_C_IMPLICIT_LINK_DIRECTORIES
				AND dump MATCHES "SONAME +([^\n]+)")
			set(name ${CMAKE_MATCH_1})
		endif()
	endif()
	set(${variable} "${name}" PARENT_SCOPE)

	add_library(gita_${target} INTERFACE)
	target_include_directories(gita_${target} SYSTEM INTERFACE ${${target}_INCLUDE_DIRS})
	target_compile_options(gita_${target} INTERFACE ${${target}_CFLAGS_OTHER})
	if(name)
		target_compile_definitions(gita_${target} INTERFACE ${variable}="${name}")
	else()
		target_link_libraries(gita_${target} INTERFACE PkgConfig::${target})
	endif()
endfunction()

find_library(GITA_GIT2_FILE git2 HINTS ${git2_LIBRARY_DIRS})
find_library(GITA_NCURSESW_FILE ncursesw HINTS ${ncursesw_LIBRARY_DIRS})
gita_late(git2 LIBGIT2_LATE "${GITA_GIT2_FILE}")
gita_late(ncursesw CURSES_LATE "${GITA_NCURSESW_FILE}")

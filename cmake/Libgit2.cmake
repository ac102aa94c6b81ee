# gita_libgit2: libgit2 for the layer git. Where the name by which the dynamic
# linker knows it can be read from the library, and that one is found in a
# folder of the system, the program is not linked with it but loads it by that
# name when it needs it (src/git/libgit2.h). Else it is linked.
find_library(GITA_LIBGIT2_FILE git2 HINTS ${git2_LIBRARY_DIRS})
set(GITA_LIBGIT2_NAME "")
if(CMAKE_OBJDUMP AND CMAKE_EXECUTABLE_FORMAT STREQUAL "ELF"
		AND GITA_LIBGIT2_FILE MATCHES "\\.so$")
	get_filename_component(folder ${GITA_LIBGIT2_FILE} DIRECTORY)
	execute_process(COMMAND ${CMAKE_OBJDUMP} -p ${GITA_LIBGIT2_FILE}
		OUTPUT_VARIABLE dump ERROR_QUIET)
	if(folder IN_LIST CMAKE_C_IMPLICIT_LINK_DIRECTORIES
			AND dump MATCHES "SONAME +([^\n]+)")
		set(GITA_LIBGIT2_NAME ${CMAKE_MATCH_1})
	endif()
endif()

add_library(gita_libgit2 INTERFACE)
target_include_directories(gita_libgit2 SYSTEM INTERFACE ${git2_INCLUDE_DIRS})
if(GITA_LIBGIT2_NAME)
	target_compile_definitions(gita_libgit2 INTERFACE LIBGIT2_LATE="${GITA_LIBGIT2_NAME}")
	target_link_libraries(gita_libgit2 INTERFACE ${CMAKE_DL_LIBS})
else()
	target_link_libraries(gita_libgit2 INTERFACE PkgConfig::git2)
endif()

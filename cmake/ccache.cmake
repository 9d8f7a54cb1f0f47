# Compile through ccache where it is installed; nothing changes where it is not.
find_program(VEREDA_CCACHE ccache)
if(VEREDA_CCACHE AND NOT CMAKE_CXX_COMPILER_LAUNCHER)
  # Precompiled headers need the sloppiness; NOHASHDIR lets several build folders share one cache.
  set(CMAKE_CXX_COMPILER_LAUNCHER
      ${CMAKE_COMMAND} -E env CCACHE_SLOPPINESS=pch_defines,time_macros,include_file_mtime,include_file_ctime CCACHE_NOHASHDIR=1
      ${VEREDA_CCACHE})
endif()

# cmake -DCOMPILER=c++ -DSOURCE=file.cpp -DINCLUDE=dir -DEXPECT=success|failure -P try_compile.cmake
# Compiles one file without output and fails where the compiler did not do as expected.
execute_process(COMMAND ${COMPILER} -std=c++20 -fsyntax-only -I${INCLUDE} ${SOURCE}
                RESULT_VARIABLE status ERROR_VARIABLE messages OUTPUT_QUIET)
if(EXPECT STREQUAL "success" AND NOT status EQUAL 0)
  message(FATAL_ERROR "${SOURCE} must compile:\n${messages}")
endif()
if(EXPECT STREQUAL "failure" AND status EQUAL 0)
  message(FATAL_ERROR "${SOURCE} compiled, and must not")
endif()
